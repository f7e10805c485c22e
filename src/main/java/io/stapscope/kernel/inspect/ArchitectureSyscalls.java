package io.stapscope.kernel.inspect;

import io.stapscope.host.SyscallTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The system calls of one architecture, from {@code syscalls/NAME.txt} among our resources: a number and a name per
 * line. A kernel's own types name its calls but not their numbers, so the table cannot be asked of the machine.
 */
public final class ArchitectureSyscalls implements SyscallTable {
    private final SortedMap<Integer, String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    private ArchitectureSyscalls(SortedMap<Integer, String> names) {
        this.names = Collections.unmodifiableSortedMap(names);
        names.forEach((number, name) -> numbers.put(name, number));
    }

    /** @param architecture as {@code uname -m}; an unknown one has an empty table */
    public static ArchitectureSyscalls of(String architecture) {
        var names = new TreeMap<Integer, String>();
        try (var resource = ArchitectureSyscalls.class.getResourceAsStream("/syscalls/" + architecture + ".txt")) {
            if (resource != null) {
                new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(" "))
                        .forEach(words -> names.put(Integer.parseInt(words[0]), words[1]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArchitectureSyscalls(names);
    }

    @Override
    public String name(long number) {
        var name = number == (int) number ? names.get((int) number) : null;
        return name == null ? "syscall_" + number : name;
    }

    @Override
    public OptionalInt number(String name) {
        var number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public SortedMap<Integer, String> all() {
        return names;
    }
}
