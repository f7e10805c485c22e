package io.stapscope.host;

import io.stapscope.host.ctype.CType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host that is the same everywhere: a few programs, a few processes, no files. */
public final class RecordedHost implements Host {
    private static final Map<String, String> PROGRAMS = Map.of(
            "/opt/pgsql/bin/postgres", "/opt/pgsql/bin/postgres",
            "pgsql/bin/postgres", "/opt/pgsql/bin/postgres",
            "postgres", "/opt/pgsql/bin/postgres",
            "demo", "/opt/demo/demo",
            "ls", "/usr/bin/ls",
            "/bin/ls", "/usr/bin/ls");
    private static final Map<String, String> REASONS =
            Map.of("/etc", "it is a directory", "/etc/passwd", "it is not executable");
    private static final Map<String, String> NEAREST = Map.of("postgre", "postgres", "/usr/bin/sl", "/usr/bin/ls");

    private static final Map<String, String> CONFIG =
            Map.of("CONFIG_SMP", "y", "CONFIG_HZ", "250", "CONFIG_EXT4_FS", "m", "CONFIG_LOCALVERSION", "-test");

    private final SyscallTable syscalls = new FewSyscalls();
    private final Set<String> functions;

    public RecordedHost() {
        this(Set.of("bpf_strcmp"));
    }

    /** @param functions what BPF programs may call */
    public RecordedHost(Set<String> functions) {
        this.functions = functions;
    }

    @Override
    public String kernelRelease() {
        return "6.18.0";
    }

    @Override
    public String architecture() {
        return "x86_64";
    }

    @Override
    public String kernelConfig(String name) {
        return CONFIG.getOrDefault(name, "");
    }

    @Override
    public int possibleCpus() {
        return 2;
    }

    @Override
    public KernelTypes types() {
        return new FewTypes(functions);
    }

    @Override
    public Features features() {
        return new Features(Map.of());
    }

    @Override
    public SyscallTable syscalls() {
        return syscalls;
    }

    @Override
    public Lookup executable(String path) {
        var found = PROGRAMS.containsValue(path) ? path : PROGRAMS.get(path);
        if (found != null) {
            return new Lookup.Found(found, 0x800001, found.length());
        }
        @Nullable String nearest = NEAREST.get(path);
        return new Lookup.Missing(REASONS.getOrDefault(path, "no such file"), nearest);
    }

    @Override
    public List<String> executables(String pattern) {
        var expression =
                pattern.replaceAll("[^\\w/*?]", "\\\\$0").replace("*", "[^/]*").replace("?", "[^/]");
        return PROGRAMS.values().stream()
                .distinct()
                .filter(path -> path.matches(expression))
                .sorted()
                .toList();
    }

    /** The demo has debug information, its library and ls have symbols; postgres cannot be read. */
    @Override
    public ProgramLookup program(String path) {
        return switch (path) {
            case "/opt/demo/demo" -> new ProgramLookup.Read(new FewFunctions(path, true));
            case "/usr/bin/ls", "/usr/lib/libdemo.so.1" -> new ProgramLookup.Read(new FewFunctions(path, false));
            default -> new ProgramLookup.Unreadable("is no ELF file");
        };
    }

    @Override
    public Optional<String> executableOf(int pid) {
        return pid == 1234 ? Optional.of("/opt/demo/demo") : Optional.empty();
    }

    /** Processes 1, 1234 and 4583 run. */
    @Override
    public boolean processExists(int pid) {
        return Set.of(1, 1234, 4583).contains(pid);
    }

    private static final class FewSyscalls implements SyscallTable {
        private static final SortedMap<Integer, String> NAMES =
                new TreeMap<>(Map.of(0, "read", 1, "write", 7, "poll", 45, "recvfrom"));

        @Override
        public String name(long number) {
            return NAMES.getOrDefault((int) number, "syscall_" + number);
        }

        @Override
        public OptionalInt number(String name) {
            return NAMES.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(name))
                    .mapToInt(Map.Entry::getKey)
                    .findFirst();
        }

        @Override
        public SortedMap<Integer, String> all() {
            return NAMES;
        }
    }

    /** A few structs and tracepoints. */
    private record FewTypes(Set<String> functions) implements KernelTypes {
        @Override
        public int offset(String struct, String... path) {
            throw new MissingTypeException(struct);
        }

        @Override
        public boolean hasMember(String struct, String member) {
            return false;
        }

        @Override
        public Set<String> tracepoints() {
            return FewStructs.TRACEPOINTS.keySet();
        }

        @Override
        public List<String> tracepointParameters(String tracepoint) {
            return tracepointArguments(tracepoint).stream()
                    .map(parameter -> parameter.type().name())
                    .toList();
        }

        @Override
        public int tracepointTypeId(String tracepoint) {
            throw new MissingTypeException(tracepoint);
        }

        @Override
        public int functionId(String name) {
            throw new MissingTypeException(name);
        }

        @Override
        public boolean hasFunction(String name) {
            return functions.contains(name);
        }

        @Override
        public Optional<CType> type(String written) {
            return FewStructs.named(written);
        }

        @Override
        public List<TracepointParameter> tracepointArguments(String tracepoint) {
            return FewStructs.TRACEPOINTS.getOrDefault(tracepoint, List.of());
        }

        @Override
        public OptionalLong enumerator(String name) {
            return FewStructs.enumerator(name);
        }

        @Override
        public Map<String, String> tracepointSystems() {
            return FewStructs.SYSTEMS;
        }
    }
}
