package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** perf.* and timer.profile: what every CPU does each time a counter of the processor or the kernel has gone on. */
final class SamplingProbes implements ProbeFamily {
    private static final long DEFAULT_PERIOD = 1_000_000;
    private static final int HARDWARE = 0;
    private static final int SOFTWARE = 1;
    private static final long CPU_CLOCK = 0;
    private static final long FASTEST_CLOCK_NANOS = 100_000;
    private static final long FASTEST_HERTZ = 10_000;

    private static final List<String> HARDWARE_NAMES = List.of(
            "cpu_cycles",
            "instructions",
            "cache_references",
            "cache_misses",
            "branch_instructions",
            "branch_misses",
            "bus_cycles",
            "stalled_cycles_frontend",
            "stalled_cycles_backend",
            "ref_cpu_cycles");

    private static final List<String> SOFTWARE_NAMES = List.of(
            "cpu_clock",
            "task_clock",
            "page_faults",
            "context_switches",
            "cpu_migrations",
            "page_faults_min",
            "page_faults_maj",
            "alignment_faults",
            "emulation_faults");

    /** Type and config of each name. */
    private static final Map<String, long[]> NAMES = names();

    private static final List<String> TAILS = List.of("sample(N)", "hz(N)", "process(\"PATH\")");

    private static Map<String, long[]> names() {
        var names = new LinkedHashMap<String, long[]>();
        for (int i = 0; i < HARDWARE_NAMES.size(); i++) {
            names.put("hw." + HARDWARE_NAMES.get(i), new long[] {HARDWARE, i});
        }
        for (int i = 0; i < SOFTWARE_NAMES.size(); i++) {
            names.put("sw." + SOFTWARE_NAMES.get(i), new long[] {SOFTWARE, i});
        }
        return names;
    }

    @Override
    public List<ProbePattern> patterns() {
        var patterns = new ArrayList<ProbePattern>();
        patterns.add(new ProbePattern("timer.profile", "a thousand times a second on every CPU"));
        patterns.add(new ProbePattern("timer.profile.tick", "a thousand times a second on every CPU"));
        patterns.add(new ProbePattern("timer.profile.freq.hz(N)", "N times a second on every CPU"));
        var perf = "each time a CPU has counted N of a perf event";
        patterns.add(new ProbePattern("perf.type(T).config(C)", perf + ", N being a million"));
        patterns.add(new ProbePattern("perf.type(T).config(C).sample(N)", perf));
        patterns.add(
                new ProbePattern("perf.type(T).config(C).hz(N)", "about N times a second while the event happens"));
        patterns.add(
                new ProbePattern("perf.type(T).config(C).process(\"PATH\")", perf + " while it runs this program"));
        for (var name : NAMES.keySet()) {
            patterns.add(new ProbePattern(
                    "perf." + name,
                    name.substring(3).replace('_', ' ')
                            + (name.startsWith("hw") ? ", counted by the processor; " : ", counted by the kernel; ")
                            + "a sample for each million"));
        }
        return patterns;
    }

    @Override
    public boolean begins(String word) {
        return word.equals("perf");
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        if (point.argument(0) != null) {
            return point.wrongArgument(0, "`perf` takes no argument", "write perf.sw.cpu_clock");
        }
        if (point.parts().size() < 3) {
            return unknown(point);
        }
        if (point.word(1).equals("type") && point.word(2).equals("config")) {
            var type = point.number(1);
            var config = point.number(2);
            if (type == null || type < 0 || type > Integer.MAX_VALUE) {
                return point.wrongArgument(1, "`type` needs a number", "1 counts events of the kernel: type(1)");
            }
            if (config == null) {
                return point.wrongArgument(2, "`config` needs a number", "type(1).config(0) is the clock of the CPU");
            }
            return tail(point, type.intValue(), config, host, hasTarget);
        }
        var known = NAMES.get(point.word(1) + "." + point.word(2));
        if (known == null) {
            return unknown(point);
        }
        for (int part = 1; part <= 2; part++) {
            if (point.argument(part) != null) {
                return point.wrongArgument(
                        part,
                        "`" + point.word(part) + "` takes no argument",
                        "choose the rate with .sample(N) or .hz(N)");
            }
        }
        return tail(point, (int) known[0], known[1], host, hasTarget);
    }

    private static Resolution unknown(WrittenPoint point) {
        var all = new ArrayList<String>();
        all.add("perf.type(T).config(C)");
        NAMES.keySet().forEach(name -> all.add("perf." + name));
        return point.unknown(0, all);
    }

    /** What stands behind the event, in any order. */
    private static Resolution tail(WrittenPoint point, int type, long config, Host host, boolean hasTarget) {
        Long amount = null;
        boolean frequency = false;
        Target target = new Target.Everyone();
        for (int part = 3; part < point.parts().size(); part++) {
            switch (point.word(part)) {
                case "sample", "hz" -> {
                    frequency = point.word(part).equals("hz");
                    amount = point.number(part);
                    var wrong = wrongRate(point, part, type, config, frequency, amount);
                    if (wrong != null) {
                        return wrong;
                    }
                }
                case "process" -> {
                    var found = process(point, part, host, hasTarget);
                    if (found instanceof Resolution.Found(ProbePoint.Process(var _, var whose, var _), var _)) {
                        target = whose;
                    } else {
                        return found;
                    }
                }
                case "counter" -> {
                    return new Resolution.Missing(Diagnostic.of(
                            DiagnosticCode.PROBE_NOT_SUPPORTED,
                            point.spanFrom(part),
                            "counters to be read by other probes (`counter`) are not supported yet",
                            "not supported",
                            "take samples: leave out .counter"));
                }
                default -> {
                    return point.unknown(part, TAILS);
                }
            }
        }
        long rate = amount == null ? DEFAULT_PERIOD : amount;
        var text = "perf.type(" + type + ").config(" + config + ")" + (frequency ? ".hz(" : ".sample(") + rate + ")";
        return found(text, type, config, frequency, rate, target);
    }

    private static @Nullable Resolution wrongRate(
            WrittenPoint point, int part, int type, long config, boolean frequency, @Nullable Long amount) {
        var word = point.word(part);
        if (amount == null || amount <= 0) {
            return point.wrongArgument(part, "`" + word + "` needs a number above 0", "write " + word + "(1000)");
        }
        boolean clock = type == SOFTWARE && config <= 1;
        if (frequency ? amount > FASTEST_HERTZ : clock && amount < FASTEST_CLOCK_NANOS) {
            return new Resolution.Wrong(Diagnostic.of(
                    DiagnosticCode.TIMER_OUT_OF_RANGE,
                    point.spanFrom(part),
                    "samples are taken at most " + FASTEST_HERTZ + " times a second",
                    "too fast",
                    "the fastest is hz(" + FASTEST_HERTZ + "), or sample(" + FASTEST_CLOCK_NANOS + ") of a clock"));
        }
        return null;
    }

    private static Resolution process(WrittenPoint point, int part, Host host, boolean hasTarget) {
        var path = point.string(part);
        if (path != null) {
            return ProcessProbes.byPath(point, path, Event.BEGIN, host);
        }
        if (point.argument(part) != null) {
            return point.wrongArgument(part, "`process` takes the path of a program here", "write process(\"ls\")");
        }
        return hasTarget
                ? new Resolution.Found(
                        new ProbePoint.Process(point.text(), new Target.Session(), Event.BEGIN), NoContext.INSTANCE)
                : point.wrongArgument(
                        part, "`process` without a program is the target of the run", "give one with -x PID or -c CMD");
    }

    private static Resolution found(String text, int type, long config, boolean frequency, long rate, Target target) {
        return new Resolution.Found(
                new ProbePoint.Sampling(text, type, config, frequency, rate, target), NoContext.INSTANCE);
    }

    /** {@code timer.profile} and what stands behind it. */
    static Resolution profile(WrittenPoint point) {
        var everyone = new Target.Everyone();
        return switch (point.wordsFrom(1)) {
            case "profile", "profile.tick" -> {
                var argued = point.withArgument(1);
                yield argued != null
                        ? point.wrongArgument(
                                point.parts().indexOf(argued),
                                "`" + argued.text() + "` takes no argument",
                                "write timer.profile, or timer.profile.freq.hz(N)")
                        : found(point.text(), SOFTWARE, CPU_CLOCK, false, DEFAULT_PERIOD, everyone);
            }
            case "profile.freq.hz" -> {
                var hertz = point.number(3);
                if (hertz == null) {
                    yield point.wrongArgument(3, "`hz` needs a number above 0", "write hz(100)");
                }
                var wrong = wrongRate(point, 3, SOFTWARE, CPU_CLOCK, true, hertz);
                yield wrong != null
                        ? wrong
                        : found("timer.profile.freq.hz(" + hertz + ")", SOFTWARE, CPU_CLOCK, true, hertz, everyone);
            }
            default -> point.unknown(1, List.of("profile", "profile.tick", "profile.freq.hz"));
        };
    }
}
