package io.stapscope.kernel.syscall;

import io.stapscope.kernel.abi.PerfEventAttr;
import io.stapscope.kernel.abi.SyscallNumber;

/** The perf_event_open(2) system call. */
public final class PerfEvent {
    private PerfEvent() {}

    /**
     * A sampling event, still silent.
     *
     * @param rate counts from one sample to the next, or samples each second
     * @param frequency whether the rate is a frequency
     * @param pid process, or -1 for all
     * @param cpu CPU, or -1 for all; one of the two must be given
     */
    public static Descriptor openSampling(int type, long config, long rate, boolean frequency, int pid, int cpu) {
        var attr = NativeBuffer.allocate(PerfEventAttr.SIZE);
        PerfEventAttr.encodeSampling(attr.bytes(), type, config, rate, frequency);
        long result = LibC.checked(LibC.syscall(
                SyscallNumber.PERF_EVENT_OPEN, attr.address(), pid, cpu, -1, PerfEventAttr.FLAG_FD_CLOEXEC, 0));
        attr.keepAlive();
        var what = "perf event " + type + ":" + config;
        if (result < 0) {
            throw new KernelException("perf_event_open", (int) -result, what);
        }
        return Descriptor.adopt((int) result, what);
    }

    /** Runs a program on every sample, from now on. */
    public static void attach(Descriptor event, Descriptor program) {
        control(event, PerfEventAttr.IOC_SET_BPF, program.number(), "PERF_EVENT_IOC_SET_BPF");
        control(event, PerfEventAttr.IOC_ENABLE, 0, "PERF_EVENT_IOC_ENABLE");
    }

    private static void control(Descriptor event, long request, long argument, String name) {
        long result = LibC.checked(LibC.syscall(SyscallNumber.IOCTL, event.number(), request, argument, 0, 0, 0));
        if (result < 0) {
            throw new KernelException("ioctl(" + name + ")", (int) -result, "perf event");
        }
    }
}
