package io.stapscope.tracer;

/**
 * What was counted twice, in the kernel as it happened and in user space as it arrived; cumulative since the start of a
 * run. While programs run, the kernel's side may be ahead by what happens at the moment of reading.
 *
 * @param fired handlers begun: hits and returns whose entry was not seen
 * @param updates values fed to statistics by the kernel
 * @param applied values that the buckets of their series hold
 * @param unsettled values that count and buckets of a series disagree about
 * @param events records submitted to the ring buffer or lost
 * @param consumed records read from it
 * @param malformed those among them that could not be understood
 */
public record Accounts(
        long fired, long updates, long applied, long unsettled, long events, long consumed, long malformed) {
    public static final Accounts NONE = new Accounts(0, 0, 0, 0, 0, 0, 0);
}
