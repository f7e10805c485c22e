package io.stapscope.kernel.syscall;

import io.stapscope.kernel.abi.SyscallNumber;

/** One process, held by a descriptor: whoever gets its id later is another one. */
public final class ProcessDescriptor implements AutoCloseable {
    private final Descriptor descriptor;

    private ProcessDescriptor(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** A process that runs now. */
    public static ProcessDescriptor open(int pid) {
        long result = LibC.checked(LibC.syscall(SyscallNumber.PIDFD_OPEN, pid, 0, 0, 0, 0, 0));
        if (result < 0) {
            throw new KernelException("pidfd_open", (int) -result, "process " + pid);
        }
        return new ProcessDescriptor(Descriptor.adopt((int) result, "process " + pid));
    }

    public void signal(int number) {
        long result =
                LibC.checked(LibC.syscall(SyscallNumber.PIDFD_SEND_SIGNAL, descriptor.number(), number, 0, 0, 0, 0));
        if (result < 0) {
            throw new KernelException("pidfd_send_signal", (int) -result, "signal " + number);
        }
    }

    /** Readable when the process has ended, whether or not its parent has asked for its status. */
    Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
