package io.stapscope.kernel.inspect;

import io.stapscope.host.Host.Lookup;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the programs whose path matches a pattern with {@code *}, {@code ?} and {@code [...]}, as a shell would. Scripts
 * are left out: nobody who asks for {@code /opt/tools/*} means the interpreter of all scripts of the host.
 */
final class ExecutablePattern {
    /** Entries of directories looked at. */
    private static final int MOST_ENTRIES = 20_000;

    private final ExecutableLookup lookup;
    private int entries;

    ExecutablePattern(ExecutableLookup lookup) {
        this.lookup = lookup;
    }

    /** @param roots where a pattern may begin: the root, the working directory, or the directories of $PATH */
    List<String> find(String pattern, List<Path> roots) {
        var found = new TreeSet<String>();
        try {
            for (var root : roots) {
                var parts = List.of((pattern.startsWith("/") ? pattern.substring(1) : pattern).split("/+"));
                for (var file : expand(root, parts)) {
                    if (lookup.program(file) instanceof Lookup.Found(var path, var _, var _)) {
                        found.add(path);
                    }
                }
            }
        } catch (InvalidPathException | PatternSyntaxException e) {
            return List.of();
        }
        return List.copyOf(found);
    }

    private List<Path> expand(Path directory, List<String> parts) {
        var part = parts.getFirst();
        var rest = parts.subList(1, parts.size());
        var here = isPattern(part) ? matching(directory, part) : List.of(directory.resolve(part));
        if (rest.isEmpty()) {
            return here;
        }
        var found = new ArrayList<Path>();
        for (var each : here) {
            if (Files.isDirectory(each)) {
                found.addAll(expand(each, rest));
            }
        }
        return found;
    }

    private List<Path> matching(Path directory, String part) {
        // Java's patterns know braces, the shell's names do not.
        var glob = part.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
        var found = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory, glob)) {
            for (var each : stream) {
                if (++entries > MOST_ENTRIES) {
                    return found;
                }
                boolean hidden = each.getFileName().toString().startsWith(".");
                if (!hidden || part.startsWith(".")) {
                    found.add(each);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A directory that cannot be read has nothing to offer, as for a shell.
            return found;
        }
        return found;
    }

    private static boolean isPattern(String part) {
        return part.chars().anyMatch(letter -> letter == '*' || letter == '?' || letter == '[');
    }
}
