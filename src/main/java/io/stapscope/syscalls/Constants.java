package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Named numbers of the kernel's interface, in sets: flags, choices, errors, signals. */
public final class Constants {
    private static final Map<String, Constants> READ = new HashMap<>();

    private final Map<String, ConstantSet> sets = new HashMap<>();
    private final Map<String, Long> values = new HashMap<>();

    private Constants(String architecture) {
        var names = new ArrayList<String>();
        String header = null;
        for (var line : Resources.lines("constants.txt")) {
            if (line.startsWith("[")) {
                add(header, names, architecture);
                header = line.substring(1, line.length() - 1);
                names.clear();
            } else {
                names.addAll(List.of(line.split(" ")));
            }
        }
        add(header, names, architecture);
    }

    /** @param architecture as {@code uname -m} */
    public static synchronized Constants of(String architecture) {
        return READ.computeIfAbsent(architecture, Constants::new);
    }

    /** The number of a name on this architecture, in any set. */
    public OptionalLong find(String name) {
        var value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Every name, for completion and suggestions. */
    public Iterable<String> names() {
        return values.keySet();
    }

    /** The name of an error, as {@code ENOENT} for 2; null for numbers that are none. */
    public @Nullable String error(long number) {
        return set("errno").name(number);
    }

    /** The name of a signal, as {@code SIGTERM} for 15; the number when there is none. */
    public String signal(long number) {
        return new SignalNames(set("signals")).name((int) number);
    }

    /** The names of the bits of a set, joined by bars. */
    public String flags(String set, long value) {
        return set(set).flags(value);
    }

    ConstantSet set(String name) {
        var set = sets.get(name);
        if (set == null) {
            throw new IllegalStateException("no set of constants " + name);
        }
        return set;
    }

    /** @param header the name of the set, then what unknown numbers are called, then {@code @} and an architecture */
    private void add(@Nullable String header, List<String> names, String architecture) {
        if (header == null) {
            return;
        }
        var words = header.split(" ");
        var last = words[words.length - 1];
        String only = last.startsWith("@") ? last.substring(1) : null;
        if (only != null && !only.equals(architecture)) {
            return;
        }
        var constants = new ArrayList<ConstantSet.Constant>();
        for (var name : names) {
            int equals = name.lastIndexOf('=');
            long value = Long.decode(name.substring(equals + 1));
            constants.add(new ConstantSet.Constant(name.substring(0, equals), value));
            if (only != null || !values.containsKey(name.substring(0, equals))) {
                values.put(name.substring(0, equals), value);
            }
        }
        var unknown = words.length > 1 && words[1].endsWith("???") ? words[1] : null;
        sets.put(words[0], new ConstantSet(words[0], constants, unknown));
    }
}
