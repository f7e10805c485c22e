package io.stapscope.syscalls;

import io.stapscope.host.SyscallTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All system calls of one kernel. */
public final class SyscallTables {
    private static final String ALIAS = "alias ";
    private static final Map<String, Described> READ = new HashMap<>();
    private static @Nullable SyscallTables latest;

    /** What the tables say about an architecture, by the names of calls. */
    private record Described(
            Map<String, SyscallDescription> calls, Map<String, String> aliases, SyscallDescription unknown) {}

    private final SyscallTable numbers;
    private final Constants constants;
    private final Described described;

    private SyscallTables(SyscallTable numbers, Constants constants, Described described) {
        this.numbers = numbers;
        this.constants = constants;
        this.described = described;
    }

    /** @param architecture as {@code uname -m} */
    public static synchronized SyscallTables of(SyscallTable numbers, String architecture) {
        var constants = Constants.of(architecture);
        var described = READ.computeIfAbsent(architecture, _ -> describe(constants));
        // Asked for once for every call that a wildcard stands for.
        if (latest == null || latest.numbers != numbers || latest.described != described) {
            latest = new SyscallTables(numbers, constants, described);
        }
        return latest;
    }

    /** Of a kernel about which nothing is known. */
    public static SyscallTables nameless() {
        return of(
                new SyscallTable() {
                    @Override
                    public String name(long number) {
                        return "syscall_" + number;
                    }

                    @Override
                    public OptionalInt number(String name) {
                        return OptionalInt.empty();
                    }

                    @Override
                    public SortedMap<Integer, String> all() {
                        return new TreeMap<>();
                    }
                },
                "x86_64");
    }

    private static Described describe(Constants constants) {
        var parser = new PrototypeParser(constants);
        var forms = new HashMap<String, List<Prototype>>();
        var aliases = new TreeMap<String, String>();
        for (var line : Resources.lines("calls.txt")) {
            if (line.startsWith(ALIAS)) {
                var words = line.substring(ALIAS.length()).split(" = ");
                aliases.put(words[0], words[1]);
            } else {
                var form = parser.prototype(line);
                forms.computeIfAbsent(form.name(), _ -> new ArrayList<>()).add(form);
            }
        }
        var calls = new HashMap<String, SyscallDescription>();
        forms.forEach((name, list) -> calls.put(name, new SyscallDescription(name, list)));
        var unknown = parser.prototype("unknown(arg1:hex, arg2:hex, arg3:hex, arg4:hex, arg5:hex, arg6:hex) : int");
        return new Described(calls, aliases, new SyscallDescription("unknown", List.of(unknown)));
    }

    public Constants constants() {
        return constants;
    }

    /** What is known about a number; six numbers in hexadecimal for one that is not known. */
    public SyscallDescription describe(long number) {
        return described.calls().getOrDefault(numbers.name(number), described.unknown());
    }

    /** A number by the name that the kernel or that scripts use. */
    public OptionalInt number(String name) {
        var number = numbers.number(name);
        if (number.isPresent()) {
            return number;
        }
        return Optional.ofNullable(described.aliases().get(name))
                .map(numbers::number)
                .orElse(OptionalInt.empty());
    }

    public String name(long number) {
        return numbers.name(number);
    }

    /** Names by numbers. */
    public SortedMap<Integer, String> names() {
        return numbers.all();
    }
}
