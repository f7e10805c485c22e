package io.stapscope.tracer;

/**
 * What one handler of the plan was hit by and costs, cumulative since the start of a run.
 *
 * @param handler its id, its index in the plan
 * @param hits times it ran: for what the kernel fires as the kernel counted them, else runs in user space
 * @param lost what its hits could not deliver: events, updates, returns, and hits that the kernel dropped where the handler
 *     has a program of its own. Others of its program's are only in the sum of the run
 * @param nanosPerHit what a hit takes, of the last measurement in which it was hit; {@link #UNKNOWN} before
 * @param estimated whether the time is a share of that of a program with several handlers, in proportion to their hits
 */
public record ProbeAccount(int handler, long hits, long lost, long nanosPerHit, boolean estimated) {
    public static final long UNKNOWN = -1;

    public boolean isTimed() {
        return nanosPerHit != UNKNOWN;
    }
}
