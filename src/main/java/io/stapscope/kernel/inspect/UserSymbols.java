package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.demangle.Demangler;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.host.SymbolSource.Symbol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of programs by address in a process. What a process has mapped is read when it is asked for first and again
 * when an address is in none of it, so a process that has ended since keeps its names.
 */
final class UserSymbols {
    private static final int MOST_PROCESSES = 256;
    private static final int MOST_FILES = 256;

    private final Path proc;
    private final Map<Integer, List<Mapped>> processes = bounded(MOST_PROCESSES);
    private final Map<String, Optional<ElfFile>> files = bounded(MOST_FILES);

    /**
     * A part of a file in the memory of a process.
     *
     * @param identity device and inode
     */
    record Mapped(long start, long end, long offset, String identity, String path) {
        boolean holds(long address) {
            return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    /** @param proc where processes are listed: /proc */
    UserSymbols(Path proc) {
        this.proc = proc;
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Reads what a process has mapped, unless that is known. */
    void meet(int pid) {
        if (!processes.containsKey(pid)) {
            var now = read(pid);
            if (!now.isEmpty()) {
                processes.put(pid, now);
            }
        }
    }

    Optional<Symbol> at(int pid, long address) {
        var mapped = find(processes.getOrDefault(pid, List.of()), address);
        if (mapped == null) {
            var now = read(pid);
            if (!now.isEmpty()) {
                processes.put(pid, now);
            }
            mapped = find(now, address);
        }
        return mapped == null ? Optional.empty() : Optional.of(symbol(pid, mapped, address));
    }

    private static @Nullable Mapped find(List<Mapped> all, long address) {
        for (var one : all) {
            if (one.holds(address)) {
                return one;
            }
        }
        return null;
    }

    private Symbol symbol(int pid, Mapped mapped, long address) {
        long fileOffset = address - mapped.start() + mapped.offset();
        var file = files.computeIfAbsent(mapped.identity(), _ -> open(pid, mapped));
        if (file.isPresent()) {
            var unrelocated = file.get().addressOfOffset(fileOffset);
            if (unrelocated.isPresent()) {
                var function = file.get().functions().at(unrelocated.getAsLong());
                if (function.isPresent()) {
                    var found = function.get();
                    return new Symbol(
                            Demangler.readable(found.name()),
                            unrelocated.getAsLong() - found.value(),
                            found.size(),
                            mapped.path());
                }
            }
        }
        return new Symbol("", fileOffset, 0, mapped.path());
    }

    private Optional<ElfFile> open(int pid, Mapped mapped) {
        var inside = proc.resolve(pid + "/root" + mapped.path());
        var path = Files.isReadable(inside) ? inside : Path.of(mapped.path());
        try {
            var file = ElfFile.read(FileBytes.of(path));
            // Damaged tables are found here, once.
            file.functions();
            return Optional.of(file);
        } catch (IOException | ElfFormatException e) {
            return Optional.empty();
        }
    }

    private List<Mapped> read(int pid) {
        try {
            return parse(Files.readString(proc.resolve(pid + "/maps"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Lines {@code start-end flags offset device inode path}; memory without a file is left out. */
    static List<Mapped> parse(String maps) {
        var found = new ArrayList<Mapped>();
        for (var line : maps.split("\n")) {
            var words = line.split(" +", 6);
            if (words.length < 6 || !words[5].startsWith("/")) {
                continue;
            }
            int dash = words[0].indexOf('-');
            found.add(new Mapped(
                    Long.parseUnsignedLong(words[0].substring(0, dash), 16),
                    Long.parseUnsignedLong(words[0].substring(dash + 1), 16),
                    Long.parseUnsignedLong(words[2], 16),
                    words[3] + " " + words[4],
                    words[5].replaceFirst(" \\(deleted\\)$", "")));
        }
        return found;
    }
}
