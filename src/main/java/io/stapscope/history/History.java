package io.stapscope.history;

/** The way in: opens the store for a capture that starts. */
public interface History {
    /** Returns at once, also when the database is away: the capture's row is written as soon as it answers. */
    HistoryWriter open(CaptureStart start);

    /** How what waits on disk is doing; nothing does without a folder for it. */
    default StoreFigures figures() {
        return StoreFigures.NONE;
    }
}
