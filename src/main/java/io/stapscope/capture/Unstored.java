package io.stapscope.capture;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.CaptureEnd;
import io.stapscope.history.CaptureStart;
import io.stapscope.history.CaptureState;
import io.stapscope.history.ConsoleBlock;
import io.stapscope.history.History;
import io.stapscope.history.HistoryWriter;
import io.stapscope.history.StoreStatus;
import io.stapscope.history.WindowRecord;
import java.util.List;

/** The history of what happened before, elsewhere: a recording that plays is not stored as if it happened now. */
final class Unstored implements History {
    private static final StoreStatus NOTHING = new StoreStatus(0, 0, 0, 0, null);

    @Override
    public HistoryWriter open(CaptureStart start) {
        return new Writer();
    }

    private static final class Writer implements HistoryWriter {
        @Override
        public void write(WindowRecord window) {}

        @Override
        public void console(List<ConsoleBlock> lines) {}

        @Override
        public void relabel(WindowRecord.Series series) {}

        @Override
        public void state(CaptureState state) {}

        @Override
        public StoreStatus status() {
            return NOTHING;
        }

        @Override
        public Uni<StoreStatus> close(CaptureEnd end) {
            return Uni.createFrom().item(NOTHING);
        }
    }
}
