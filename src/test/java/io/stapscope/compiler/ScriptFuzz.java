package io.stapscope.compiler;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Corpus;
import io.stapscope.compiler.syntax.ScriptFormatter;
import io.stapscope.fuzz.Watchdog;
import io.stapscope.host.RecordedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends mutated scripts through the whole compiler: {@code make fuzz COUNT=200000 SEED=1}. A script that makes it throw, or
 * keeps it busy for longer than two seconds, is made as small as it goes and printed with its seed; one that does not end is
 * printed with its place.
 */
public final class ScriptFuzz {
    static final Duration LONGEST = Duration.ofSeconds(2);
    /** After so much time nobody waits for a script any longer. */
    private static final Duration ENDLESS = Duration.ofSeconds(10);

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path LIBRARY = Path.of("src/main/resources/tapset");

    private final ScriptMutator mutator = new ScriptMutator(corpus());
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();
    private int compiled;
    private long slowest;
    private String slowestText = "";

    /** @param args how many scripts, and the seed */
    public static void main(String[] args) throws InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        var fuzz = new ScriptFuzz();
        fuzz.run(seed, count, Duration.ofDays(1));
        System.out.printf("%d scripts, %d failures%n", count, fuzz.failures.size());
        System.out.println("--- the slowest begins with\n"
                + fuzz.slowestText.substring(0, Math.min(1_000, fuzz.slowestText.length())));
        if (!fuzz.failures.isEmpty()) {
            System.exit(1);
        }
    }

    /** How many scripts became plans. */
    int compiled() {
        return compiled;
    }

    /** What went wrong, by kind. */
    Map<String, String> failures() {
        return failures;
    }

    /**
     * Compiles scripts; the same seed and number give the same script as long as the corpus is the same.
     *
     * @param longest after this time it stops early
     * @return how many were compiled
     */
    int run(long seed, int count, Duration longest) throws InterruptedException {
        var next = new AtomicInteger();
        long start = System.nanoTime();
        new Watchdog(ENDLESS, this::reportEndless).run(1, worker -> {
            while (!worker.isLeft() && next.get() < count && System.nanoTime() - start < longest.toNanos()) {
                int i = next.getAndIncrement();
                one(worker, seed, i);
                if ((i + 1) % 10_000 == 0) {
                    progress(i + 1, (System.nanoTime() - start) / 1_000_000_000);
                }
            }
        });
        return next.get();
    }

    private void progress(int scripts, long seconds) {
        System.out.printf(
                "%d scripts, %d became plans, %d kinds of failures, slowest %d ms, %d s%n",
                scripts, compiled, failures.size(), slowest / 1_000_000, seconds);
    }

    private void one(Watchdog.Worker worker, long seed, int number) {
        String text = mutator.next(new Random(seed * 1_000_003 + number));
        var name = "seed " + seed + ", script " + number;
        String failure = failure(worker, name, text);
        if (failure != null && !worker.isLeft() && failures.size() < 100 && !failures.containsKey(failure)) {
            report(failure, name + ": " + failure + "\n--- smallest script\n" + smallest(worker, text, failure));
        }
    }

    /** One that does not end is not made smaller: each try would have to be waited for. */
    private void reportEndless(String script, String place) {
        report("endless at " + place, script + ": does not end, it is at " + place);
    }

    private void report(String failure, String report) {
        failures.put(failure, report);
        System.out.println(report + "\n---");
    }

    /** The kind of the failure; null when all is well. */
    private @Nullable String failure(Watchdog.Worker worker, String name, String text) {
        worker.begin(name);
        long start = cpuTime();
        try {
            var source = new SourceText("fuzz.stp", text);
            var compilation = Compiler.compile(source, new RecordedHost(), options());
            DiagnosticRenderer.render(compilation.diagnostics());
            ScriptFormatter.format(source);
            switch (compilation) {
                case Compilation.Compiled result -> {
                    CompilerFuzzTest.check(result.plan());
                    compiled++;
                }
                case Compilation.Rejected result -> {
                    if (result.diagnostics().isEmpty()) {
                        return "rejected without a reason";
                    }
                }
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return kind(e);
        } finally {
            worker.end();
        }
        long time = cpuTime() - start;
        if (time > slowest) {
            slowest = time;
            slowestText = text;
        }
        return time > LONGEST.toNanos() ? "slower than " + LONGEST.toMillis() + " ms" : null;
    }

    private static CompileOptions options() {
        var defaults = CompileOptions.defaults();
        return new CompileOptions(
                Corpus.ARGUMENTS, defaults.hasTarget(), defaults.commandPath(), defaults.limits(), defaults.switches());
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** The class of the error and where in the compiler it came from. */
    private static String kind(Throwable error) {
        String place = Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.stapscope"))
                .limit(error instanceof StackOverflowError ? 1 : 2)
                .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .reduce((inner, outer) -> inner + " < " + outer)
                .orElse("");
        return error.getClass().getSimpleName() + " at " + place;
    }

    /** Leaves out lines, then words, then letters, as long as it fails in the same way. */
    private String smallest(Watchdog.Worker worker, String text, String failure) {
        String small = text;
        int tries = 2_000;
        for (String separator : List.of("(?<=\n)", "(?<=[\\s;{}])", "(?<=\\W)|(?=\\W)", "")) {
            boolean smaller = true;
            while (smaller && tries > 0) {
                smaller = false;
                List<String> parts = List.of(small.split(separator));
                for (int size = Math.max(1, parts.size() / 2); size >= 1 && tries > 0 && !smaller; size /= 2) {
                    for (int at = 0; at + size <= parts.size() && tries > 0; at += size) {
                        var rest = new ArrayList<>(parts);
                        rest.subList(at, at + size).clear();
                        String candidate = String.join("", rest);
                        tries--;
                        if (failure.equals(failure(worker, "a smaller script", candidate))) {
                            small = candidate;
                            smaller = true;
                            break;
                        }
                    }
                }
            }
        }
        return small;
    }

    private static List<String> corpus() {
        var texts = new ArrayList<String>();
        for (Path folder : List.of(RESOURCES, LIBRARY)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(each -> each.toString().endsWith(".stp"))
                        .sorted()
                        .toList()) {
                    texts.add(Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        // Scripts that are right lead deeper into the compiler.
        var right = texts.stream().filter(ScriptFuzz::isRight).toList();
        for (int i = 0; i < 4; i++) {
            texts.addAll(right);
        }
        return texts;
    }

    private static boolean isRight(String text) {
        return Compile.script(text) instanceof Compilation.Compiled;
    }
}
