package io.stapscope.kernel.program;

import io.stapscope.bpf.ProgramSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.host.KernelTypes;
import io.stapscope.kernel.abi.BpfProgramInfo;
import io.stapscope.kernel.abi.ProgramKind;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import java.util.Map;

/** One verified program in the kernel. Runs nowhere until a link attaches it. */
public final class BpfProgram implements AutoCloseable {
    private final ProgramSpec spec;
    private final Descriptor descriptor;

    private BpfProgram(ProgramSpec spec, Descriptor descriptor) {
        this.spec = spec;
        this.descriptor = descriptor;
    }

    /**
     * Loads a program.
     *
     * @param maps by the names that the instructions use; they must stay open until this returns
     * @throws VerifierException when the verifier refuses it
     * @throws io.stapscope.kernel.syscall.KernelException when it was refused before the verifier looked
     */
    public static BpfProgram load(ProgramSpec spec, Map<String, BpfMap> maps, KernelTypes types) {
        var encoded = EncodedProgram.of(spec, maps, types);
        var descriptor =
                switch (spec.attach()) {
                    case AttachSpec.RawTracepoint(var tracepoint) ->
                        ProgramLoader.load(
                                spec, encoded, ProgramKind.RAW_TRACEPOINT_BTF, types.tracepointTypeId(tracepoint));
                    case AttachSpec.UntypedTracepoint _ ->
                        ProgramLoader.load(spec, encoded, ProgramKind.RAW_TRACEPOINT, 0);
                    case AttachSpec.PerfEvent _ -> ProgramLoader.load(spec, encoded, ProgramKind.PERF_EVENT, 0);
                    case AttachSpec.UserProbe probe -> ProgramLoader.load(spec, encoded, kind(probe.side()), 0);
                };
        return new BpfProgram(spec, descriptor);
    }

    /** What a program is loaded and attached as that runs in the code of programs. */
    public static ProgramKind kind(AttachSpec.Side side) {
        return switch (side) {
            case ENTRY, RETURN -> ProgramKind.UPROBE_MULTI;
            case SESSION -> ProgramKind.UPROBE_SESSION;
        };
    }

    public ProgramSpec spec() {
        return spec;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /** Run counts are 0 unless {@link Bpf#enableStatistics} is open; recursion misses count always. */
    public BpfProgramInfo info() {
        return Bpf.programInfo(descriptor, toString());
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "program " + spec.name();
    }
}
