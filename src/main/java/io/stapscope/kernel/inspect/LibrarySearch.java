package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the libraries of a program where the dynamic linker would: its own paths, /etc/ld.so.conf, the system's directories. */
final class LibrarySearch {
    private static final Path CONFIGURATION = Path.of("/etc/ld.so.conf");
    private static final List<String> SYSTEM = List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64");
    private static final int MOST_LIBRARIES = 1024;

    private final List<Path> directories;

    private LibrarySearch(List<Path> directories) {
        this.directories = directories;
    }

    static LibrarySearch ofThisMachine() {
        var found = new LinkedHashSet<Path>();
        configured(CONFIGURATION, found, 0);
        SYSTEM.forEach(each -> found.add(Path.of(each)));
        return new LibrarySearch(List.copyOf(found));
    }

    /** Lines with directories, or {@code include /etc/ld.so.conf.d/*.conf}. */
    private static void configured(Path file, Set<Path> found, int depth) {
        try {
            for (var line : Files.readAllLines(file)) {
                var words = line.replaceFirst("#.*", "").strip().split("\\s+", 2);
                if (words[0].equals("include") && words.length == 2 && depth < 4) {
                    var pattern = file.resolveSibling(words[1]);
                    for (var each : matching(pattern)) {
                        configured(each, found, depth + 1);
                    }
                } else if (words[0].startsWith("/")) {
                    found.add(Path.of(words[0]));
                }
            }
        } catch (IOException | InvalidPathException e) {
            // The linker goes on without it, too.
            return;
        }
    }

    private static Set<Path> matching(Path pattern) throws IOException {
        var found = new TreeSet<Path>();
        var directory = pattern.getParent();
        var last = pattern.getFileName();
        if (directory != null && last != null) {
            try (var entries = Files.newDirectoryStream(directory, last.toString())) {
                entries.forEach(found::add);
            }
        }
        return found;
    }

    /** Canonical paths, those of its libraries too; what cannot be found is left out. */
    List<String> of(Path program, ElfFile elf) {
        var found = new LinkedHashSet<String>();
        var open = new ArrayDeque<ElfFile>();
        var places = new ArrayDeque<Path>();
        open.add(elf);
        places.add(program);
        var inherited = new ArrayList<Path>();
        while (!open.isEmpty() && found.size() < MOST_LIBRARIES) {
            var user = open.remove();
            var origin = places.remove();
            var dynamic = user.dynamic();
            if (dynamic.runPath().isEmpty()) {
                inherited.addAll(expanded(dynamic.searchPath(), origin));
            }
            var own = new ArrayList<>(inherited);
            own.addAll(expanded(dynamic.runPath(), origin));
            own.addAll(directories);
            for (var name : dynamic.needed()) {
                var library = find(name, own);
                if (library.isPresent() && found.add(library.get().toString())) {
                    read(library.get(), elf.machine()).ifPresent(file -> {
                        open.add(file);
                        places.add(library.get());
                    });
                }
            }
        }
        return List.copyOf(found);
    }

    private static List<Path> expanded(List<String> written, Path user) {
        var origin = String.valueOf(user.getParent());
        var found = new ArrayList<Path>();
        for (var each : written) {
            try {
                found.add(Path.of(each.replace("${ORIGIN}", origin).replace("$ORIGIN", origin)));
            } catch (InvalidPathException e) {
                continue;
            }
        }
        return found;
    }

    private static Optional<Path> find(String name, List<Path> directories) {
        try {
            for (var directory : name.indexOf('/') >= 0 ? List.of(Path.of("/")) : directories) {
                var file = directory.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(file.toRealPath());
                }
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Empty when it is no library for the machine. */
    private static Optional<ElfFile> read(Path file, int machine) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var elf = ElfFile.read(channel.map(MapMode.READ_ONLY, 0, channel.size()));
            return elf.machine() == machine ? Optional.of(elf) : Optional.empty();
        } catch (IOException | ElfFormatException e) {
            return Optional.empty();
        }
    }
}
