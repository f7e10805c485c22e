package io.stapscope.pipeline;

/** Counts what {@link FrameFigures} tells. Guarded by the lock of the hub. */
final class FrameAccount {
    private long made;
    private long sent;
    private long coalesced;
    private long dropped;
    private long missed;
    private long inFlight;

    void made(long frames) {
        made += frames;
    }

    void coalesced() {
        coalesced++;
    }

    void dropped(long frames) {
        dropped += frames;
    }

    /** Given to who writes it. */
    void handed() {
        inFlight++;
    }

    void written() {
        inFlight--;
        sent++;
    }

    /** The connection ended before these were known to be written. */
    void brokenOff(long frames) {
        inFlight -= frames;
        dropped += frames;
    }

    void missed(long more) {
        missed += more;
    }

    /** @param queued that wait in subscriptions */
    FrameFigures figures(long queued) {
        return new FrameFigures(made, sent, coalesced, dropped, queued + inFlight, missed);
    }
}
