package io.stapscope.cli;

import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.RunEvent;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.TraceException;
import io.stapscope.tracer.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Shows a run in a terminal: the script's bytes unchanged, everything else on the error stream. */
final class TerminalListener implements RunListener {
    private final OutputStream out;
    private final PrintStream error;
    private final boolean verbose;

    TerminalListener(OutputStream out, PrintStream error, boolean verbose) {
        this.out = out;
        this.error = error;
        this.verbose = verbose;
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
    public void event(RunEvent event) {
        if (verbose) {
            error.println("stapscope: " + event.text());
        }
    }

    void failed(TraceException e) {
        var span = e.span();
        error.println("ERROR: " + e.getMessage() + (span == null ? "" : " at " + span));
        if (verbose && !e.kernelLog().isEmpty()) {
            error.println(e.kernelLog());
        } else if (!e.kernelLog().isEmpty()) {
            error.println("(run again with -v for the kernel's log)");
        }
    }

    void finished(RunResult result) {
        var losses = result.losses();
        if (verbose) {
            error.println("stapscope: " + summary(losses));
        }
    }

    private static String summary(Losses losses) {
        return losses.hits() + " hits, " + losses.lost() + " lost, " + losses.skippedSelf() + " of our own skipped, "
                + losses.keys() + " of " + losses.keyCapacity() + " keys";
    }
}
