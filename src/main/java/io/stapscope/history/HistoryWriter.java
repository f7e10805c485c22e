package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Takes the windows of one running capture. No method waits for the database: what cannot be stored yet is kept in
 * bounded memory and tried again, what cannot be kept is counted. Methods may be called from any thread, windows in
 * the order of their numbers.
 */
public interface HistoryWriter {
    void write(WindowRecord window);

    void console(List<ConsoleBlock> lines);

    /** Better words for keys that were stored without them, such as the name of a process. */
    void relabel(WindowRecord.Series series);

    void state(CaptureState state);

    StoreStatus status();

    /**
     * Stores what is left and the end of the capture. Completes when that is done, or with the status that says what
     * is missing when the store stayed away for 30 s; it never fails.
     */
    Uni<StoreStatus> close(CaptureEnd end);
}
