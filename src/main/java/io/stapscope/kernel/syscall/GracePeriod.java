package io.stapscope.kernel.syscall;

import io.stapscope.kernel.abi.SyscallNumber;

/** Waiting for what is under way in the kernel on other CPUs. */
public final class GracePeriod {
    /** MEMBARRIER_CMD_GLOBAL: the kernel implements it as synchronize_rcu(). */
    private static final long COMMAND_GLOBAL = 1;

    private GracePeriod() {}

    /**
     * Returns when every program that was running at the call has ended, some milliseconds later. False when this kernel
     * cannot tell (nohz_full); a run takes microseconds, so whoever waits otherwise has not long to wait.
     */
    public static boolean await() {
        return LibC.checked(LibC.syscall(SyscallNumber.MEMBARRIER, COMMAND_GLOBAL, 0, 0, 0, 0, 0)) == 0;
    }
}
