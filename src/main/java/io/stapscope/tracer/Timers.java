package io.stapscope.tracer;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** When the timers of a script fire: first after one period, then each period from there, missed ones once. */
final class Timers {
    private final List<Timer> timers = new ArrayList<>();

    private static final class Timer {
        private final Handler handler;
        private final long period;
        private final long spread;
        private long turn;
        private long next;

        private Timer(Handler handler, long period, long spread, long start) {
            this.handler = handler;
            this.period = period;
            this.spread = spread;
            this.turn = start;
            advance(1);
        }

        /** The spread moves a firing, never the beat it belongs to. */
        private void advance(long turns) {
            turn += turns * period;
            next = spread == 0 ? turn : turn + ThreadLocalRandom.current().nextLong(-spread, spread + 1);
        }
    }

    Timers(List<Handler> handlers, long nowNanos) {
        for (var handler : handlers) {
            if (handler.point() instanceof ProbePoint.Timer(var _, long period, long spread)) {
                timers.add(new Timer(handler, period, spread, nowNanos));
            }
        }
    }

    /** Time until the next one, at most {@code most}; 0 when one is due. */
    long untilNext(long nowNanos, long most) {
        long least = most;
        for (var timer : timers) {
            least = Math.min(least, timer.next - nowNanos);
        }
        return Math.max(0, least);
    }

    /** Handlers that are due, in the order of the script; each is set to its next time. */
    List<Handler> due(long nowNanos) {
        List<Handler> due = List.of();
        for (var timer : timers) {
            if (timer.next - nowNanos <= 0) {
                due = due.isEmpty() ? new ArrayList<>() : due;
                due.add(timer.handler);
                timer.advance(Math.max(0, nowNanos - timer.turn) / timer.period + 1);
            }
        }
        return due;
    }
}
