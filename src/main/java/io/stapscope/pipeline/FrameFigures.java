package io.stapscope.pipeline;

/**
 * What became of the intervals that subscribers of a run were to get, each for each aggregate. What is made is counted where
 * intervals are published, the rest where each of them went: {@code made = sent + coalesced + dropped + waiting}.
 *
 * @param made for every subscriber there was
 * @param sent written to a connection, also of several intervals as one
 * @param coalesced that went as a part of a later one
 * @param dropped for a snapshot that has them, or with a connection that ended
 * @param waiting to be sent, or on the way
 * @param missed that a subscriber said it did not get, by its own count
 */
public record FrameFigures(long made, long sent, long coalesced, long dropped, long waiting, long missed) {
    public static final FrameFigures NONE = new FrameFigures(0, 0, 0, 0, 0, 0);

    /** What is known to have become of them. */
    public long told() {
        return sent + coalesced + dropped + waiting;
    }
}
