package io.stapscope.kernel.inspect;

import io.stapscope.host.Host.Lookup;
import io.stapscope.host.Host.Lookup.Found;
import io.stapscope.host.Host.Lookup.Missing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the executable that a written path means, as a shell would: with a slash in it relative to the working
 * directory, else searched in $PATH. A script means its interpreter. Opens regular files only.
 */
public final class ExecutableLookup {
    /** As deep as the kernel follows interpreters of interpreters. */
    private static final int MAX_INTERPRETERS = 5;

    /** The kernel looks at that much of a script's first line (BINPRM_BUF_SIZE). */
    private static final int HEAD_SIZE = 256;

    private static final List<String> ENV = List.of("/bin/env", "/usr/bin/env");

    private final Path workingDirectory;
    private final List<Path> searchPath = new ArrayList<>();

    /** @param searchPath directories as in $PATH, joined by colons */
    public ExecutableLookup(Path workingDirectory, String searchPath) {
        this.workingDirectory = workingDirectory.toAbsolutePath();
        for (var directory : searchPath.split(":", -1)) {
            // An empty part means the working directory.
            this.searchPath.add(this.workingDirectory.resolve(directory));
        }
    }

    public Lookup find(String written) {
        return find(written, 0);
    }

    /** The canonical paths of the programs that a pattern with {@code * ? []} matches, sorted; no scripts. */
    public List<String> matching(String pattern) {
        var roots = pattern.startsWith("/")
                ? List.of(workingDirectory.getRoot())
                : pattern.indexOf('/') >= 0 ? List.of(workingDirectory) : searchPath;
        return pattern.indexOf('\0') >= 0 ? List.of() : new ExecutablePattern(this).find(pattern, roots);
    }

    /** A file that is a program itself, no script. */
    Lookup program(Path file) {
        return Files.isExecutable(file) ? at(file, file.toString(), MAX_INTERPRETERS) : missing("is not executable");
    }

    private Lookup find(String written, int depth) {
        if (written.isEmpty()) {
            return missing("the path is empty");
        }
        if (written.indexOf('\0') >= 0) {
            return missing("the path holds a NUL byte");
        }
        try {
            return written.indexOf('/') >= 0
                    ? at(workingDirectory.resolve(written), written, depth)
                    : inSearchPath(written, depth);
        } catch (InvalidPathException e) {
            return missing("the path cannot be written in the character set of this locale");
        }
    }

    private Lookup inSearchPath(String name, int depth) {
        @Nullable Lookup refused = null;
        for (var directory : searchPath) {
            var candidate = directory.resolve(name);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return at(candidate, candidate.toString(), depth);
            }
            if (refused == null && Files.exists(candidate)) {
                refused = missing(
                        Files.isRegularFile(candidate)
                                ? candidate + " is not executable"
                                : candidate + " is no regular file");
            }
        }
        return refused != null ? refused : new Missing("no such command in $PATH", NearestName.inAny(searchPath, name));
    }

    private Lookup at(Path path, String written, int depth) {
        try {
            var canonical = path.toRealPath();
            if (Files.isDirectory(canonical)) {
                return missing("is a directory");
            }
            if (!Files.isRegularFile(canonical)) {
                return missing("is no regular file");
            }
            // Files that the kernel makes up have no size; reading some of them waits, or takes what others want.
            if (Files.size(canonical) == 0) {
                return missing("is empty");
            }
            var head = head(canonical);
            if (head == null || isElf(head)) {
                var identity = FileIdentity.of(canonical);
                return new Found(canonical.toString(), identity.device(), identity.inode());
            }
            return head.startsWith("#!") ? interpreter(head, depth) : missing("is neither an ELF program nor a script");
        } catch (NoSuchFileException e) {
            var nearest = NearestName.beside(path);
            return new Missing("no such file", nearest == null ? null : directoryPart(written) + nearest);
        } catch (AccessDeniedException e) {
            return missing("permission denied");
        } catch (FileSystemException e) {
            return missing(e.getReason() == null ? "cannot be read" : reason(e.getReason()));
        } catch (IOException e) {
            return missing("cannot be read: " + reason(String.valueOf(e.getMessage())));
        }
    }

    /** First bytes, or null when we may run the file but not read it. */
    private static @Nullable String head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_SIZE), StandardCharsets.ISO_8859_1);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    private static boolean isElf(String head) {
        return head.startsWith("\u007fELF");
    }

    /** {@code #!/bin/sh -e} -> /bin/sh; {@code #!/usr/bin/env python3} -> python3 in $PATH. */
    private Lookup interpreter(String head, int depth) {
        if (depth == MAX_INTERPRETERS) {
            return missing("is a script whose interpreter is a script, too many times over");
        }
        var words = head.substring(2).lines().findFirst().orElse("").strip().split("[ \t]+");
        if (words[0].isEmpty()) {
            return missing("is a script without interpreter");
        }
        boolean viaEnv = ENV.contains(words[0]) && words.length > 1 && isPlainWord(words[1]);
        return switch (find(viaEnv ? words[1] : words[0], depth + 1)) {
            case Found found -> found;
            case Missing(var reason, var _) ->
                missing("is a script whose interpreter " + words[0] + " fails: " + reason);
        };
    }

    /** Not an option or an assignment of env. */
    private static boolean isPlainWord(String word) {
        return !word.startsWith("-") && word.indexOf('=') < 0;
    }

    private static String directoryPart(String written) {
        return written.substring(0, written.lastIndexOf('/') + 1);
    }

    /** The C library's sentence, as a clause; Java adds a second guess to one of them. */
    private static String reason(String sentence) {
        var first = sentence.split(" or unable to ")[0];
        return first.isEmpty() ? first : Character.toLowerCase(first.charAt(0)) + first.substring(1);
    }

    private static Missing missing(String reason) {
        return new Missing(reason, null);
    }
}
