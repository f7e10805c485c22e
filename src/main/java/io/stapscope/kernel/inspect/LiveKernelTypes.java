package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.btf.BtfFile;
import io.stapscope.debuginfo.btf.BtfKind;
import io.stapscope.debuginfo.btf.BtfStructs;
import io.stapscope.debuginfo.btf.BtfTracepoints;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.TracepointParameter;
import io.stapscope.host.ctype.BtfCTypes;
import io.stapscope.host.ctype.CType;
import io.stapscope.kernel.syscall.FileMapping;
import io.stapscope.kernel.syscall.KernelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The running kernel's types. */
public final class LiveKernelTypes implements KernelTypes {
    private static final Path SOURCE = Path.of("/sys/kernel/btf/vmlinux");

    private final BtfFile file;
    private final BtfStructs structs;
    private final BtfTracepoints tracepoints;
    private final BtfCTypes types;
    private volatile @Nullable SortedSet<String> names;
    private volatile @Nullable Map<String, String> systems;

    public LiveKernelTypes(BtfFile file) {
        this.file = file;
        structs = new BtfStructs(file);
        tracepoints = new BtfTracepoints(file);
        types = new BtfCTypes(file);
    }

    /** Whether this kernel shows its types. */
    public static boolean available() {
        return Files.isReadable(SOURCE);
    }

    /** Reads them, some milliseconds: keep the answer. */
    public static LiveKernelTypes read() {
        return new LiveKernelTypes(readFile());
    }

    private static BtfFile readFile() {
        try {
            var mapped = map(Files.size(SOURCE));
            return mapped != null ? mapped : BtfFile.read(ByteBuffer.wrap(Files.readAllBytes(SOURCE)));
        } catch (IOException e) {
            throw new MissingTypeException("this kernel shows no types: " + SOURCE + " cannot be read");
        }
    }

    /** Hundreds of times faster than reading, but only since Linux 6.16; null when the kernel does not map it. */
    private static @Nullable BtfFile map(long size) {
        try (var mapping = FileMapping.read(SOURCE.toString(), size)) {
            return BtfFile.read(mapping.bytes());
        } catch (KernelException e) {
            return null;
        }
    }

    @Override
    public int offset(String struct, String... path) {
        int id = structs.find(struct);
        if (id == 0) {
            throw new MissingTypeException("the kernel has no struct " + struct);
        }
        return structs.offset(id, path)
                .orElseThrow(() -> new MissingTypeException(
                        "struct " + struct + " of the kernel has no member " + String.join(".", path)));
    }

    @Override
    public boolean hasMember(String struct, String member) {
        int id = structs.find(struct);
        return id != 0 && structs.offset(id, member).isPresent();
    }

    @Override
    public Set<String> tracepoints() {
        var known = names;
        if (known == null) {
            known = Collections.unmodifiableSortedSet(tracepoints.names());
            names = known;
        }
        return known;
    }

    @Override
    public List<String> tracepointParameters(String tracepoint) {
        return tracepoints.parameters(tracepoint);
    }

    @Override
    public int tracepointTypeId(String tracepoint) {
        int id = tracepoints.typeId(tracepoint);
        if (id == 0) {
            throw new MissingTypeException("the kernel has no tracepoint " + tracepoint);
        }
        return id;
    }

    @Override
    public int functionId(String name) {
        int id = file.find(BtfKind.FUNC, name);
        if (id == 0) {
            throw new MissingTypeException("the kernel has no function " + name);
        }
        return id;
    }

    @Override
    public boolean hasFunction(String name) {
        return file.find(BtfKind.FUNC, name) != 0;
    }

    @Override
    public Optional<CType> type(String written) {
        return types.find(written);
    }

    @Override
    public List<TracepointParameter> tracepointArguments(String tracepoint) {
        var parameters = types.parametersOfTypedef("btf_trace_" + tracepoint);
        // The typedef has no names. These functions have the same parameters, and names when their types are kept.
        var named = types.parameters("__probestub_" + tracepoint);
        if (named.size() != parameters.size()) {
            named = types.parameters("__traceiter_" + tracepoint);
        }
        var found = new ArrayList<TracepointParameter>();
        for (int i = 1; i < parameters.size(); i++) {
            var name = named.size() == parameters.size() ? named.get(i).name() : "";
            found.add(new TracepointParameter(
                    name.isEmpty() ? "arg" + i : name, parameters.get(i).type()));
        }
        return List.copyOf(found);
    }

    @Override
    public OptionalLong enumerator(String name) {
        return types.enumerator(name);
    }

    @Override
    public Map<String, String> tracepointSystems() {
        var known = systems;
        if (known == null) {
            known = TracepointSystems.read();
            systems = known;
        }
        return known;
    }
}
