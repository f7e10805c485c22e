package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the tables say about an architecture, by the names of calls. A line is parsed when its call is asked for. */
final class Descriptions {
    private static final String ALIAS = "alias ";
    private static final Map<String, Descriptions> BY_ARCHITECTURE = new HashMap<>();

    private final String architecture;
    private final Map<String, List<String>> lines = new HashMap<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private final Map<String, SyscallDescription> parsed = new HashMap<>();
    private @Nullable PrototypeParser parser;
    private @Nullable SyscallDescription unknown;

    private Descriptions(String architecture) {
        this.architecture = architecture;
        for (var line : Resources.lines("calls.txt")) {
            if (line.startsWith(ALIAS)) {
                int equals = line.indexOf(" = ");
                aliases.put(line.substring(ALIAS.length(), equals), line.substring(equals + " = ".length()));
            } else {
                lines.computeIfAbsent(PrototypeParser.name(line), _ -> new ArrayList<>())
                        .add(line);
            }
        }
    }

    /** @param architecture as {@code uname -m} */
    static Descriptions of(String architecture) {
        synchronized (BY_ARCHITECTURE) {
            return BY_ARCHITECTURE.computeIfAbsent(architecture, Descriptions::new);
        }
    }

    /** Of every call in the tables. */
    Set<String> names() {
        return lines.keySet();
    }

    /** The kernel's name of a call that scripts know by another. */
    @Nullable
    String alias(String name) {
        return aliases.get(name);
    }

    /** Six numbers in hexadecimal for a name that is not in the tables. */
    synchronized SyscallDescription find(String name) {
        var forms = lines.get(name);
        if (forms != null) {
            return parsed.computeIfAbsent(
                    name,
                    _ -> new SyscallDescription(
                            name, forms.stream().map(parser()::prototype).toList()));
        }
        if (unknown == null) {
            var form = "unknown(arg1:hex, arg2:hex, arg3:hex, arg4:hex, arg5:hex, arg6:hex) : int";
            unknown = new SyscallDescription("unknown", List.of(parser().prototype(form)));
        }
        return unknown;
    }

    private PrototypeParser parser() {
        if (parser == null) {
            parser = new PrototypeParser(Constants.of(architecture));
        }
        return parser;
    }
}
