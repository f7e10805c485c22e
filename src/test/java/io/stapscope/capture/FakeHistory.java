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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what would be stored. */
final class FakeHistory implements History {
    final List<Stored> captures = new ArrayList<>();

    @Override
    public synchronized HistoryWriter open(CaptureStart start) {
        var stored = new Stored(start);
        captures.add(stored);
        return stored;
    }

    static final class Stored implements HistoryWriter {
        final CaptureStart start;
        final List<WindowRecord> windows = new ArrayList<>();
        final List<ConsoleBlock> lines = new ArrayList<>();

        @Nullable
        CaptureEnd end;

        Stored(CaptureStart start) {
            this.start = start;
        }

        @Override
        public void write(WindowRecord window) {
            windows.add(window);
        }

        @Override
        public void console(List<ConsoleBlock> more) {
            lines.addAll(more);
        }

        @Override
        public void relabel(WindowRecord.Series series) {}

        @Override
        public void state(CaptureState state) {}

        @Override
        public StoreStatus status() {
            return new StoreStatus(0, 0, 0, 0, null);
        }

        @Override
        public Uni<StoreStatus> close(CaptureEnd ending) {
            end = ending;
            return Uni.createFrom().item(status());
        }
    }
}
