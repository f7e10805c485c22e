package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.host.Host.ProgramLookup;
import io.stapscope.host.program.DebugSource;
import io.stapscope.host.program.ElfProgram;
import io.stapscope.host.program.Program;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of this machine, mapped into memory. Those asked for last are kept until their files change. */
final class LivePrograms {
    private static final int MOST = 32;

    private final Path proc;
    private final LibrarySearch libraries;
    private final DebugFiles debugFiles = DebugFiles.of(System.getenv());
    private final Map<Version, Program> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, Program> eldest) {
            return size() > MOST;
        }
    };

    /** One state of one file. */
    private record Version(String path, FileIdentity identity, long modified, long size) {}

    /** @param proc where processes are listed: /proc */
    LivePrograms(Path proc) {
        this.proc = proc;
        libraries = LibrarySearch.ofThisMachine();
    }

    synchronized ProgramLookup open(String path) {
        try {
            var file = Path.of(path);
            if (!Files.isRegularFile(file)) {
                return unreadable(Files.exists(file) ? "is no regular file" : "no such file");
            }
            var identity = FileIdentity.of(file);
            long modified = Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.NANOSECONDS);
            var version = new Version(path, identity, modified, Files.size(file));
            if (version.size() > Integer.MAX_VALUE) {
                return unreadable("is larger than 2 GiB");
            }
            var known = kept.get(version);
            if (known == null) {
                known = read(file, version);
                kept.put(version, known);
            }
            return new ProgramLookup.Read(known);
        } catch (ElfFormatException e) {
            return unreadable(String.valueOf(e.getMessage()));
        } catch (InvalidPathException | NoSuchFileException e) {
            return unreadable("no such file");
        } catch (AccessDeniedException e) {
            return unreadable("permission denied");
        } catch (IOException e) {
            return unreadable("cannot be read: " + e.getMessage());
        }
    }

    private Program read(Path file, Version version) throws IOException {
        var identity = version.identity();
        return new ElfProgram(
                new ElfProgram.Identity(version.path(), identity.device(), identity.inode()),
                FileBytes.of(file),
                new Surroundings(file));
    }

    /** Libraries and debug information of one program. */
    private final class Surroundings implements ElfProgram.Surroundings {
        private final Path file;

        Surroundings(Path file) {
            this.file = file;
        }

        @Override
        public List<String> libraries(ElfFile program) {
            return libraries.of(file, program);
        }

        @Override
        public DebugSource debug(ElfFile program) {
            return switch (debugFiles.find(file, program)) {
                case DebugFiles.Lookup.Missing(var reason) -> new DebugSource.Missing(reason);
                case DebugFiles.Lookup.Found(var path) -> found(path, program);
            };
        }

        private DebugSource found(Path path, ElfFile program) {
            try {
                var split = path.equals(file) ? program : ElfFile.read(FileBytes.of(path));
                var shared = debugFiles.shared(path, split);
                return shared.isPresent() && shared.get() instanceof DebugFiles.Lookup.Found(var other)
                        ? new DebugSource.Found(path.toString(), split, Optional.of(ElfFile.read(FileBytes.of(other))))
                        : new DebugSource.Found(path.toString(), split, Optional.empty());
            } catch (IOException | ElfFormatException e) {
                return new DebugSource.Missing("no debug information: " + path + " cannot be read: " + e.getMessage());
            }
        }
    }

    /**
     * The executable of a process. When another file has its path, or none, as after an update or in a container, the one of
     * /proc.
     */
    Optional<String> executableOf(int pid) {
        var link = proc.resolve(pid + "/exe");
        try {
            var identity = FileIdentity.of(link);
            var path = Files.readSymbolicLink(link);
            boolean same = Files.isRegularFile(path) && FileIdentity.of(path).equals(identity);
            return Optional.of((same ? path.toRealPath() : link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ProgramLookup unreadable(String reason) {
        return new ProgramLookup.Unreadable(reason);
    }
}
