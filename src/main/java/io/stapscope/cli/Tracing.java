package io.stapscope.cli;

import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.host.Host;
import io.stapscope.tracer.KernelTracer;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.Run;
import io.stapscope.tracer.RunOptions;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.TraceException;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** The run of a compiled script in this terminal. */
final class Tracing {
    private final Plan plan;
    private final Host host;
    private final RunRequest request;
    private final List<String> arguments;
    private final Supplier<@Nullable Plan> again;

    /** @param again compiles the script once more; null when it no longer compiles */
    Tracing(Plan plan, Host host, RunRequest request, List<String> arguments, Supplier<@Nullable Plan> again) {
        this.again = again;
        this.plan = plan;
        this.host = host;
        this.request = request;
        this.arguments = arguments;
    }

    /** The exit status. */
    int run() throws UserException, InterruptedException, IOException {
        var options = new RunOptions(
                request.targetPid(),
                request.command(),
                request.seconds() > 0 ? Duration.ofSeconds(request.seconds()) : null,
                Duration.ofSeconds(1),
                Set.of(),
                arguments,
                request.suppressErrors(),
                request.timing());
        boolean verbose = request.verbosity() > 0;
        try (OutputStream to = open()) {
            var terminal = new TerminalListener(to, System.err, verbose, request.warnings(), again);
            Run run;
            var started = stopOnSignals();
            try {
                run = KernelTracer.forTerminal(host).start(plan, options, terminal);
            } catch (TraceException e) {
                Terminal.print(e, verbose, System.err);
                return 1;
            }
            started.complete(run);
            passInput(run);
            try (var files = RunFiles.open(run)) {
                var result = run.result().get();
                if (request.timing()) {
                    terminal.output(new Output(Output.Stream.OUT, HitReport.of(plan, result.losses())));
                }
                terminal.finished(result, request.timing());
                return status(result);
            }
        } catch (ExecutionException e) {
            throw new UserException("the run broke off: " + e.getCause());
        }
    }

    /** Passes our standard input on to a script with input probes, unless the script itself came from there. */
    private void passInput(Run run) {
        boolean asked = plan.handlers().stream().anyMatch(each -> each.point() instanceof ProbePoint.Input);
        if (!asked || request.scriptIsInput()) {
            return;
        }
        Thread.ofPlatform().daemon().name("input").start(() -> {
            var buffer = new byte[4096];
            try {
                for (int count = System.in.read(buffer); count > 0; count = System.in.read(buffer)) {
                    run.input(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                System.err.println("stapscope run: the input broke off: " + e.getMessage());
            }
        });
    }

    /** The file of -o, or the terminal, which stays open. */
    private OutputStream open() throws UserException {
        if (request.output() == null) {
            return new FilterOutputStream(new FileOutputStream(FileDescriptor.out)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() {}
            };
        }
        try {
            return new FileOutputStream(request.output());
        } catch (FileNotFoundException e) {
            throw new UserException("cannot write " + request.output() + ": " + e.getMessage());
        }
    }

    private int status(RunResult result) {
        return result.errors() > request.limits().maxErrors() || result.commandStatus() > 0 ? 1 : 0;
    }

    /**
     * The first signal ends the script as exit() does, as soon as it has started; the second one ends us at once: the
     * kernel then detaches everything.
     */
    private static CompletableFuture<Run> stopOnSignals() {
        var started = new CompletableFuture<Run>();
        var asked = new AtomicBoolean();
        for (var name : List.of("INT", "TERM", "HUP")) {
            Signal.handle(new Signal(name), signal -> {
                if (!asked.compareAndSet(false, true)) {
                    Runtime.getRuntime().halt(130);
                }
                started.thenAccept(run -> run.stop("interrupted")).isDone();
            });
        }
        return started;
    }
}
