package io.stapscope.cli;

import io.stapscope.compiler.ir.Plan;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.RunEvent;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows a run in a terminal: the script's bytes unchanged, everything else on the error stream. */
final class TerminalListener implements RunListener {
    private final OutputStream out;
    private final PrintStream error;
    private final boolean verbose;
    private final boolean warnings;
    private final Supplier<@Nullable Plan> again;

    /**
     * @param warnings false leaves out the warnings of the run
     * @param again compiles the script once more; null when it no longer compiles
     */
    TerminalListener(
            OutputStream out, PrintStream error, boolean verbose, boolean warnings, Supplier<@Nullable Plan> again) {
        this.again = again;
        this.out = out;
        this.error = error;
        this.verbose = verbose;
        this.warnings = warnings;
    }

    @Override
    public void output(Output output) {
        var bytes = output.text().getBytes(StandardCharsets.ISO_8859_1);
        try {
            switch (output.stream()) {
                case OUT -> {
                    out.write(bytes);
                    out.flush();
                }
                case ERROR -> {
                    if (!warnings && output.text().startsWith("WARNING: ")) {
                        return;
                    }
                    error.write(bytes);
                    error.flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void window(Window window) {
        // A terminal shows what the script prints; windows are for the page and the store.
    }

    @Override
    public void replaced(String path, Consumer<@Nullable Plan> answer) {
        Thread.ofPlatform().daemon().name("compile").start(() -> answer.accept(again.get()));
    }

    @Override
    public void event(RunEvent event) {
        if (verbose) {
            error.println("stapscope: " + event.text());
        }
    }

    /** @param timing whether to tell the cost of a hit */
    void finished(RunResult result, boolean timing) {
        var losses = result.losses();
        if (timing && losses.nanosPerHit() > 0) {
            error.println("stapscope: a hit in the kernel took " + losses.nanosPerHit() + " ns");
        }
        if (verbose) {
            error.println("stapscope: " + summary(losses));
        }
    }

    private static String summary(Losses losses) {
        return losses.hits() + " hits, " + losses.lost() + " lost, " + losses.skippedSelf() + " of our own skipped, "
                + losses.keys() + " of " + losses.keyCapacity() + " keys";
    }
}
