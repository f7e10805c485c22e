package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps rows as the database does, refuses the first operations, or does them and says it did not. */
final class FakeStore implements SpillReplay.Store {
    record MinuteKey(UUID capture, SeriesKey series, int minute) {}

    final List<String> events = new ArrayList<>();
    final Map<MinuteKey, Row.Minute> minutes = new HashMap<>();
    final Map<UUID, Map<Long, ConsoleBlock>> lines = new HashMap<>();
    final Map<UUID, Map<Long, Row.Gap>> gaps = new HashMap<>();
    final Map<UUID, Long> ended = new HashMap<>();
    int refusals;
    int lostAnswers;

    /** Rows of this text are refused for their content. */
    String poison = "poison";

    synchronized long count(int number) {
        return minutes.entrySet().stream()
                .filter(row -> row.getKey().series().equals(new SeriesKey(0, number)))
                .mapToLong(row -> row.getValue().n())
                .sum();
    }

    synchronized long linesOf(UUID capture) {
        return ConsoleBlock.lines(
                List.copyOf(lines.getOrDefault(capture, Map.of()).values()));
    }

    /** By reason: how many rows the gaps say are lost. */
    synchronized long lostByGaps(UUID capture) {
        return gaps.getOrDefault(capture, Map.of()).values().stream()
                .mapToLong(Row.Gap::lost)
                .sum();
    }

    @Override
    public Uni<Void> open(CaptureStart start) {
        return answer("open");
    }

    @Override
    public synchronized Uni<Void> write(Origin origin, Batch batch) {
        if (batch.lines().stream()
                .anyMatch(block -> List.of(block.text().split("\n")).contains(poison))) {
            return Uni.createFrom().failure(new PgException("a row breaks a rule", "ERROR", "23514", ""));
        }
        if (refusals == 0) {
            for (var row : batch.minutes()) {
                minutes.merge(
                        new MinuteKey(origin.capture(), row.series(), row.minute()),
                        row,
                        (old, late) -> late.seq() > old.seq() ? late : old);
            }
            var printed = lines.computeIfAbsent(origin.capture(), _ -> new TreeMap<>());
            batch.lines().forEach(line -> printed.put(line.seq(), line));
            var missing = gaps.computeIfAbsent(origin.capture(), _ -> new TreeMap<>());
            batch.gaps()
                    .forEach(gap ->
                            missing.merge(gap.fromMillis(), gap, (old, late) -> late.lost() > old.lost() ? late : old));
        }
        return answer("write");
    }

    @Override
    public Uni<Void> state(CaptureStart start, CaptureState state) {
        return answer("state");
    }

    @Override
    public synchronized Uni<Void> end(Origin origin, CaptureEnd end, long refused) {
        if (refusals == 0) {
            ended.put(origin.capture(), refused);
        }
        return answer("end");
    }

    @Override
    public Uni<Void> corrupt(UUID capture, long lost) {
        return answer("corrupt " + lost);
    }

    private synchronized Uni<Void> answer(String event) {
        if (refusals > 0) {
            refusals--;
            return Uni.createFrom().failure(new IllegalStateException("away"));
        }
        events.add(event);
        if (lostAnswers > 0) {
            lostAnswers--;
            return Uni.createFrom().failure(new IllegalStateException("connection cut"));
        }
        return Uni.createFrom().voidItem();
    }
}
