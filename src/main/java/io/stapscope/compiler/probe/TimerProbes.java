package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.host.Host;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** timer.s(N) and its kin: fire every period, first after one period. */
final class TimerProbes implements ProbeFamily {
    private static final long SHORTEST_NANOS = 100_000;
    private static final long LONGEST_NANOS = 86_400_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Nanoseconds of each unit; a frequency is not among them. */
    private static final Map<String, Long> UNITS = new TreeMap<>(Map.of(
            "s", SECOND_NANOS,
            "sec", SECOND_NANOS,
            "ms", 1_000_000L,
            "msec", 1_000_000L,
            "us", 1_000L,
            "usec", 1_000L,
            "ns", 1L,
            "nsec", 1L));

    private static final List<String> WORDS = List.of(
            "timer.s",
            "timer.sec",
            "timer.ms",
            "timer.msec",
            "timer.us",
            "timer.usec",
            "timer.ns",
            "timer.nsec",
            "timer.hz");

    @Override
    public List<ProbePattern> patterns() {
        return List.of(
                new ProbePattern("timer.s(N)", "every N seconds"),
                new ProbePattern("timer.sec(N)", "every N seconds"),
                new ProbePattern("timer.ms(N)", "every N milliseconds"),
                new ProbePattern("timer.msec(N)", "every N milliseconds"),
                new ProbePattern("timer.us(N)", "every N microseconds, at least 100"),
                new ProbePattern("timer.usec(N)", "every N microseconds, at least 100"),
                new ProbePattern("timer.ns(N)", "every N nanoseconds, at least 100000"),
                new ProbePattern("timer.nsec(N)", "every N nanoseconds, at least 100000"),
                new ProbePattern("timer.hz(N)", "N times a second"));
    }

    @Override
    public boolean begins(String word) {
        return word.equals("timer");
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        if (point.argument(0) != null) {
            return point.wrongArgument(0, "`timer` takes no argument", "write timer.s(1)");
        }
        if (point.parts().size() < 2) {
            return point.unknown(0, WORDS);
        }
        var unit = point.word(1);
        if (unit.equals("profile")) {
            return SamplingProbes.profile(point);
        }
        if (unit.equals("jiffies")
                || point.wordsFrom(2).equals("randomize")) {
            return new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.PROBE_NOT_SUPPORTED,
                    point.span(),
                    "`" + point.span().text() + "` is not supported yet",
                    "not supported",
                    "use timer.ms(N) or timer.hz(N)"));
        }
        if (point.parts().size() > 2 || !(UNITS.containsKey(unit) || unit.equals("hz"))) {
            return point.unknown(0, WORDS);
        }
        var number = point.number(1);
        if (number == null) {
            return point.wrongArgument(
                    1, "`timer." + unit + "` needs a number in parentheses", "write timer." + unit + "(1)");
        }
        return period(point, unit, number);
    }

    private static Resolution period(WrittenPoint point, String unit, long number) {
        long nanos = 0;
        if (unit.equals("hz") && number > 0) {
            nanos = SECOND_NANOS / number;
        } else if (UNITS.get(unit) instanceof Long each && number > 0) {
            nanos = number > LONGEST_NANOS / each ? Long.MAX_VALUE : number * each;
        }
        if (nanos < SHORTEST_NANOS || nanos > LONGEST_NANOS) {
            return new Resolution.Wrong(Diagnostic.of(
                    DiagnosticCode.TIMER_OUT_OF_RANGE,
                    point.spanFrom(1),
                    "a timer fires at most every 100 microseconds and at least once a day",
                    nanos < SHORTEST_NANOS ? "too fast" : "too slow",
                    nanos < SHORTEST_NANOS ? "the fastest is timer.us(100)" : "the slowest is timer.s(86400)"));
        }
        return new Resolution.Found(
                new ProbePoint.Timer("timer." + unit + "(" + number + ")", nanos), NoContext.INSTANCE);
    }
}
