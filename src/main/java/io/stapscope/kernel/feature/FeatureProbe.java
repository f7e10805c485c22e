package io.stapscope.kernel.feature;

import io.stapscope.bpf.Instruction;
import io.stapscope.bpf.Instruction.Reference;
import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.host.Features;
import io.stapscope.host.Features.Feature;
import io.stapscope.host.Features.Support;
import io.stapscope.host.KernelTypes;
import io.stapscope.kernel.abi.ProgramKind;
import io.stapscope.kernel.link.RawTracepointLink;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.program.VerifierException;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.Mapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries each feature on the running kernel: versions lie, where vendors backport and administrators lock down. */
public final class FeatureProbe {
    private static final String TRIED = "tried it, and the kernel accepted it";

    /** Attached for a moment to find out whether attaching is allowed: an event that is rare everywhere. */
    private static final String RARE_TRACEPOINT = "sched_process_exec";

    private final @Nullable KernelTypes types;

    /** @param types null when the kernel shows none */
    public FeatureProbe(@Nullable KernelTypes types) {
        this.types = types;
    }

    public Features features() {
        var found = new EnumMap<Feature, Support>(Feature.class);
        for (var feature : Feature.values()) {
            found.put(feature, probe(feature));
        }
        return new Features(found);
    }

    public Support probe(Feature feature) {
        try {
            return switch (feature) {
                case BPF -> map(MapType.ARRAY, 4, 8, 1);
                case BTF -> types == null ? no("/sys/kernel/btf/vmlinux cannot be read") : yes("the kernel shows them");
                case RAW_TRACEPOINT_BTF -> attach();
                case RING_BUFFER -> map(MapType.RINGBUF, 0, 0, Mapping.PAGE_SIZE);
                case TASK_STORAGE -> map(MapType.TASK_STORAGE, 4, 8, 0);
                case NUMBER_ITERATOR -> numberIterator();
                case PROCESS_EXIT_WITH_IMAGE -> parameters("sched_process_exit", 2);
                case PREPARE_EXEC -> parameters("sched_prepare_exec", 1);
                case UPROBE_MULTI -> LinkTrial.uprobeMulti();
                case KPROBE -> LinkTrial.kprobeMulti();
                case FENTRY -> types == null ? no("needs kernel types") : fentry(types);
            };
        } catch (KernelException | VerifierException | KernelTypes.MissingTypeException e) {
            return no(String.valueOf(e.getMessage()));
        }
    }

    private static Support map(MapType type, int keySize, int valueSize, int entries) {
        boolean preallocated = type != MapType.TASK_STORAGE;
        try (var map = BpfMap.create(new MapSpec("trial", type, keySize, valueSize, entries, false, preallocated))) {
            return map.descriptor().isOpen() ? yes(TRIED) : no("closed at once");
        }
    }

    private Support attach() {
        if (types == null) {
            return no("needs kernel types");
        }
        try (var program = BpfProgram.load(program(List.of()), Map.of(), types);
                var link = RawTracepointLink.attach(program)) {
            return yes(TRIED + ", " + link.program() + " on " + RARE_TRACEPOINT);
        }
    }

    /** Makes, asks and destroys an iterator on the stack: bpf_iter_num_new, _next and _destroy. */
    private Support numberIterator() {
        if (types == null) {
            return no("needs kernel types");
        }
        var body = List.of(
                instruction(0xbf, 1, 10, 0, null),
                instruction(0x07, 1, 0, -8, null),
                instruction(0xb7, 2, 0, 0, null),
                instruction(0xb7, 3, 0, 1, null),
                call("bpf_iter_num_new"),
                instruction(0xbf, 1, 10, 0, null),
                instruction(0x07, 1, 0, -8, null),
                call("bpf_iter_num_next"),
                instruction(0xbf, 1, 10, 0, null),
                instruction(0x07, 1, 0, -8, null),
                call("bpf_iter_num_destroy"));
        try (var program = BpfProgram.load(program(body), Map.of(), types)) {
            return program.descriptor().isOpen() ? yes(TRIED) : no("closed at once");
        }
    }

    private Support parameters(String tracepoint, int atLeast) {
        if (types == null) {
            return no("needs kernel types");
        }
        var parameters = types.tracepointParameters(tracepoint);
        var shape = "tracepoint " + tracepoint + "(" + String.join(", ", parameters) + ")";
        return new Support(parameters.size() >= atLeast, parameters.isEmpty() ? "no tracepoint " + tracepoint : shape);
    }

    private static Support fentry(KernelTypes types) {
        try (var program = LinkTrial.load(ProgramKind.FENTRY, types.functionId("do_nanosleep"))) {
            return program.isOpen() ? yes(TRIED) : no("closed at once");
        }
    }

    private static ProgramSpec program(List<Instruction> body) {
        var instructions = new ArrayList<>(body);
        instructions.add(instruction(0xb7, 0, 0, 0, null));
        instructions.add(instruction(0x95, 0, 0, 0, null));
        return new ProgramSpec("trial", new AttachSpec.RawTracepoint(RARE_TRACEPOINT), instructions);
    }

    private static Instruction call(String kernelFunction) {
        return instruction(0x85, 0, 0, 0, new Reference.KernelFunction(kernelFunction));
    }

    private static Instruction instruction(
            int opcode, int destination, int source, long immediate, @Nullable Reference reference) {
        return new Instruction(opcode, destination, source, 0, immediate, reference, -1);
    }

    private static Support yes(String reason) {
        return new Support(true, reason);
    }

    private static Support no(String reason) {
        return new Support(false, reason);
    }
}
