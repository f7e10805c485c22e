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
import org.jspecify.annotations.Nullable;

/**
 * The system calls of one architecture, from {@code syscalls/NAME.txt} among our resources: a number and a name per
 * line. A kernel's own types name its calls but not their numbers, so the table cannot be asked of the machine.
 */
public final class ArchitectureSyscalls implements SyscallTable {
    private final String architecture;
    private volatile @Nullable Table table;

    private record Table(SortedMap<Integer, String> names, Map<String, Integer> numbers) {}

    private ArchitectureSyscalls(String architecture) {
        this.architecture = architecture;
    }

    /**
     * The table is read at the first question.
     *
     * @param architecture as {@code uname -m}; an unknown one has an empty table
     */
    public static ArchitectureSyscalls of(String architecture) {
        return new ArchitectureSyscalls(architecture);
    }

    /** Two threads may both read it: they get the same. */
    private Table table() {
        var known = table;
        if (known == null) {
            known = read(architecture);
            table = known;
        }
        return known;
    }

    private static Table read(String architecture) {
        var names = new TreeMap<Integer, String>();
        var numbers = new HashMap<String, Integer>();
        try (var resource = ArchitectureSyscalls.class.getResourceAsStream("/syscalls/" + architecture + ".txt")) {
            var text = resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.US_ASCII);
            for (var line : text.split("\n")) {
                int space = line.indexOf(' ');
                if (space > 0 && !line.startsWith("#")) {
                    var number = Integer.valueOf(line.substring(0, space));
                    var name = line.substring(space + 1);
                    names.put(number, name);
                    numbers.put(name, number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Table(Collections.unmodifiableSortedMap(names), numbers);
    }

    @Override
    public String name(long number) {
        var name = number == (int) number ? table().names().get((int) number) : null;
        return name == null ? "syscall_" + number : name;
    }

    @Override
    public OptionalInt number(String name) {
        var number = table().numbers().get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public SortedMap<Integer, String> all() {
        return table().names();
    }
}
