package io.stapscope.kernel.link;

import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.PerfEvent;
import io.stapscope.kernel.syscall.PossibleCpus;
import java.util.ArrayList;
import java.util.List;

/** A program that runs when a counter has counted enough: one counter for each CPU. */
public final class PerfEventLink implements ProgramLink {
    private static final int EVERY_PROCESS = -1;

    private final BpfProgram program;
    private final List<Descriptor> events;

    private PerfEventLink(BpfProgram program, List<Descriptor> events) {
        this.program = program;
        this.events = List.copyOf(events);
    }

    static PerfEventLink attach(BpfProgram program, AttachSpec.PerfEvent spec) {
        var events = new ArrayList<Descriptor>();
        try {
            openOnEveryCpu(spec, events);
            events.forEach(event -> PerfEvent.attach(event, program.descriptor()));
            return new PerfEventLink(program, events);
        } catch (KernelException e) {
            events.forEach(Descriptor::close);
            throw e;
        }
    }

    private static void openOnEveryCpu(AttachSpec.PerfEvent spec, List<Descriptor> events) {
        for (int cpu = 0; cpu < PossibleCpus.count(); cpu++) {
            try {
                events.add(open(spec, cpu));
            } catch (KernelException e) {
                // A CPU that is offline has nothing to count.
                if (e.errno() != Errno.ENODEV) {
                    throw e;
                }
            }
        }
    }

    private static Descriptor open(AttachSpec.PerfEvent spec, int cpu) {
        return PerfEvent.openSampling(spec.type(), spec.config(), spec.rate(), spec.frequency(), EVERY_PROCESS, cpu);
    }

    @Override
    public BpfProgram program() {
        return program;
    }

    @Override
    public void close() {
        events.forEach(Descriptor::close);
    }
}
