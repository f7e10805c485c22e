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
    private static final long USUAL_HERTZ = 250;

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
            "timer.hz",
            "timer.jiffies");

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
                new ProbePattern("timer.hz(N)", "N times a second"),
                new ProbePattern("timer.jiffies(N)", "every N ticks of the kernel"),
                new ProbePattern("timer.ms(N).randomize(M)", "every N milliseconds, moved by up to M to either side"));
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
        boolean randomized = point.parts().size() == 3 && point.word(2).equals("randomize");
        if ((point.parts().size() > 2 && !randomized) || nanosOf(unit, host) == 0 && !unit.equals("hz")) {
            return point.unknown(0, WORDS);
        }
        var number = point.number(1);
        if (number == null) {
            return point.wrongArgument(
                    1, "`timer." + unit + "` needs a number in parentheses", "write timer." + unit + "(1)");
        }
        if (!randomized) {
            return period(point, unit, number, 0, host);
        }
        var spread = point.number(2);
        if (unit.equals("hz") || spread == null || spread < 0 || spread > number) {
            return point.wrongArgument(
                    2,
                    unit.equals("hz")
                            ? "`timer.hz` cannot be randomized"
                            : "`randomize` needs a number from 0 to the period, which is " + number,
                    "write timer.ms(100).randomize(10): every 90 to 110 ms");
        }
        return period(point, unit, number, spread, host);
    }

    /** Nanoseconds of one unit; 0 when it is none. */
    private static long nanosOf(String unit, Host host) {
        return unit.equals("jiffies") ? SECOND_NANOS / hertz(host) : UNITS.getOrDefault(unit, 0L);
    }

    /** Ticks of the kernel in a second. */
    private static long hertz(Host host) {
        var configured = host.kernelConfig("CONFIG_HZ");
        return configured.matches("[1-9]\\d{0,4}") ? Long.parseLong(configured) : USUAL_HERTZ;
    }

    private static Resolution period(WrittenPoint point, String unit, long number, long spread, Host host) {
        long nanos = 0;
        long each = nanosOf(unit, host);
        if (unit.equals("hz") && number > 0) {
            nanos = SECOND_NANOS / number;
        } else if (each > 0 && number > 0) {
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
                new ProbePoint.Timer(
                        "timer." + unit + "(" + number + ")" + (spread == 0 ? "" : ".randomize(" + spread + ")"),
                        nanos,
                        spread * each),
                NoContext.INSTANCE);
    }
}
