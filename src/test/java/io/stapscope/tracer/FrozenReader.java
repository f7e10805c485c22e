package io.stapscope.tracer;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs a script, so that it can be stopped as a whole: {@code kill -STOP}. */
final class FrozenReader {
    private static final int STATISTIC = 0;

    private FrozenReader() {}

    /** Says {@code attached}; its answer to a line is the account of its run as one line of numbers. */
    static Process start(Path program) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djna.nosys=true",
                        "-cp",
                        System.getProperty("java.class.path").replace(":", File.pathSeparator),
                        FrozenReader.class.getName(),
                        program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What {@link #main} prints, in this order. */
    record Account(
            long hits,
            long fired,
            long updates,
            long applied,
            long unsettled,
            long events,
            long consumed,
            long malformed,
            long lostEvents,
            long lostOthers,
            long inWindows,
            long lines,
            long longestWindowMillis,
            long windowGapNanos) {
        static Account parse(String line) {
            var n = List.of(line.split(" ")).stream().map(Long::valueOf).toList();
            return new Account(
                    n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5), n.get(6), n.get(7), n.get(8), n.get(9),
                    n.get(10), n.get(11), n.get(12), n.get(13));
        }
    }

    public static void main(String[] arguments) throws Exception {
        var script = "global s; probe process(\"" + arguments[0] + "\").syscall { if ($syscall == 110) { s <<< 1; "
                + "printf(\"%d of %s\\n\", tid(), execname()) } }";
        try (var traced = Traced.start(script)) {
            System.out.println("attached");
            System.in.read();
            var losses = traced.stop().losses();
            var accounts = losses.accounts();
            long longest = 0;
            long gap = 0;
            long end = traced.windows().getFirst().startNanos();
            for (var window : traced.windows()) {
                longest = Math.max(longest, window.endNanos() - window.startNanos());
                gap += Math.abs(window.startNanos() - end);
                end = window.endNanos();
            }
            System.out.println(String.join(
                    " ",
                    List.of(
                                    losses.hits(),
                                    accounts.fired(),
                                    accounts.updates(),
                                    accounts.applied(),
                                    accounts.unsettled(),
                                    accounts.events(),
                                    accounts.consumed(),
                                    accounts.malformed(),
                                    losses.lostEvents(),
                                    losses.lost() - losses.lostEvents(),
                                    traced.counts(STATISTIC).values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum(),
                                    traced.lines().stream()
                                            .filter(line -> line.contains(" of "))
                                            .count(),
                                    TimeUnit.NANOSECONDS.toMillis(longest),
                                    gap)
                            .stream()
                            .map(String::valueOf)
                            .toList()));
        }
    }
}
