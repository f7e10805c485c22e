package io.stapscope.codegen;

import io.stapscope.host.Features;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.RecordedHost;
import io.stapscope.host.SyscallTable;
import io.stapscope.host.TracepointParameter;
import io.stapscope.host.ctype.CType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A recorded host with the structs that generated code walks, as one 6.18 kernel lays them out. */
final class FixedHost implements Host {
    private static final Map<String, Integer> OFFSETS = Map.ofEntries(
            Map.entry("task_struct.mm", 1136),
            Map.entry("task_struct.pid", 1264),
            Map.entry("task_struct.tgid", 1268),
            Map.entry("task_struct.real_parent", 1280),
            Map.entry("task_struct.group_leader", 1328),
            Map.entry("task_struct.start_time", 1552),
            Map.entry("task_struct.comm", 1752),
            Map.entry("task_struct.signal", 1832),
            Map.entry("signal_struct.group_exec_task", 80),
            Map.entry("mm_struct.exe_file", 1312),
            Map.entry("file.f_inode", 32),
            Map.entry("inode.i_ino", 64),
            Map.entry("inode.i_sb", 40),
            Map.entry("super_block.s_dev", 16),
            Map.entry("pt_regs.di", 112),
            Map.entry("pt_regs.orig_ax", 120));

    private final Host recorded = new RecordedHost();

    @Override
    public String kernelRelease() {
        return recorded.kernelRelease();
    }

    @Override
    public String architecture() {
        return recorded.architecture();
    }

    @Override
    public String kernelConfig(String name) {
        return recorded.kernelConfig(name);
    }

    @Override
    public int possibleCpus() {
        return recorded.possibleCpus();
    }

    @Override
    public KernelTypes types() {
        return new FixedTypes();
    }

    @Override
    public Features features() {
        return recorded.features();
    }

    @Override
    public SyscallTable syscalls() {
        return recorded.syscalls();
    }

    @Override
    public Lookup executable(String path) {
        return recorded.executable(path);
    }

    @Override
    public List<String> executables(String pattern) {
        return recorded.executables(pattern);
    }

    @Override
    public boolean processExists(int pid) {
        return recorded.processExists(pid);
    }

    private static final class FixedTypes implements KernelTypes {
        @Override
        public int offset(String struct, String... path) {
            var offset = OFFSETS.get(struct + "." + String.join(".", path));
            if (offset == null) {
                throw new MissingTypeException(struct + "." + String.join(".", path));
            }
            return offset;
        }

        @Override
        public boolean hasMember(String struct, String member) {
            return OFFSETS.containsKey(struct + "." + member);
        }

        @Override
        public Set<String> tracepoints() {
            return Set.of();
        }

        @Override
        public List<String> tracepointParameters(String tracepoint) {
            return List.of();
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
            return false;
        }

        @Override
        public Optional<CType> type(String written) {
            return Optional.empty();
        }

        @Override
        public List<TracepointParameter> tracepointArguments(String tracepoint) {
            return List.of();
        }

        @Override
        public OptionalLong enumerator(String name) {
            return OptionalLong.empty();
        }

        @Override
        public Map<String, String> tracepointSystems() {
            return Map.of();
        }
    }
}
