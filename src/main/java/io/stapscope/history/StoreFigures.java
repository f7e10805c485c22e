package io.stapscope.history;

/**
 * How the store is doing, since the service started: series-minutes and printed lines that took the way over the disk.
 * {@code spilled = replayed + waiting + corrupt + givenUp}.
 *
 * @param waiting on disk for the database
 * @param corrupt damaged on disk
 * @param givenUp printed lines that had been on disk and went when it was full
 * @param refusedReplayed of the replayed ones: not wanted by the database
 * @param bytes on disk
 */
public record StoreFigures(
        long spilled, long replayed, long waiting, long corrupt, long givenUp, long refusedReplayed, long bytes) {
    public static final StoreFigures NONE = new StoreFigures(0, 0, 0, 0, 0, 0, 0);

    /** What nobody accounts for; a replay that goes on may be ahead or behind by one file. */
    public long unaccounted() {
        return spilled - replayed - waiting - corrupt - givenUp;
    }
}
