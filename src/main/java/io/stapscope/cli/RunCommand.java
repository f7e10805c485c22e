package io.stapscope.cli;

import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import io.stapscope.tracer.KernelTracer;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sun.misc.Signal;

/** {@code stapscope run}: one script in this terminal, with the options, output and exit codes of {@code stap}. */
@Command(
        name = "run",
        sortOptions = false,
        description = "Run a script in this terminal, as stap does.",
        footer = {
            "",
            "Exit status: 0 when the script ran to its end, 1 on any error or when CMD failed.",
            "Ctrl-C ends the script as exit() does; a second one does not wait for its end probes."
        })
final class RunCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = "-e",
            paramLabel = "SCRIPT",
            description = "The text of the script; otherwise the first word is a file, - standard input.")
    private @Nullable String text;

    @Option(
            names = "-c",
            paramLabel = "CMD",
            description = "Start the probes, run CMD, and stop when it ends; target() is its process.")
    private @Nullable String command;

    @Option(names = "-x", paramLabel = "PID", description = "Make target() this process.")
    private int targetPid;

    @Option(names = "-T", paramLabel = "SEC", description = "Stop after this many seconds.")
    private int seconds;

    @Option(names = "-o", paramLabel = "FILE", description = "Write the script's output to a file.")
    private @Nullable String output;

    @Option(
            names = "-D",
            paramLabel = "NAME=VALUE",
            description = "Set a limit: MAXSTRINGLEN, MAXMAPENTRIES, MAXACTION, MAXERRORS.")
    private Map<String, Integer> defines = new LinkedHashMap<>();

    @Option(names = "-v", description = "Say what is attached, and the losses at the end.")
    private boolean verbose;

    @Parameters(
            paramLabel = "FILE|ARG",
            description = "The script's file, unless -e is given; then the script's own arguments ($1 @1 ...).")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException, IOException {
        try {
            return run();
        } catch (UserException e) {
            System.err.println("stapscope run: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws UserException, InterruptedException, IOException {
        if (command != null && targetPid != 0) {
            throw new UserException("-c and -x both name the target process: give one of them");
        }
        var arguments = new ArrayList<>(words);
        var script = script(arguments);
        var host = LiveHost.ofThisProcess();
        if (targetPid < 0 || (targetPid != 0 && !host.processExists(targetPid))) {
            throw new UserException("-x " + targetPid + ": no such process");
        }
        var options = new CompileOptions(
                arguments, command != null || targetPid != 0, commandPath(command), CompileStep.limits(defines));
        return switch (CompileStep.compile(script, host, options)) {
            case Rejected rejected -> {
                CompileStep.print(rejected.diagnostics(), System.err);
                yield 1;
            }
            case Compiled compiled -> {
                CompileStep.print(compiled.warnings(), System.err);
                yield trace(compiled.plan(), host, arguments);
            }
        };
    }

    private SourceText script(List<String> arguments) throws UserException {
        if (text != null) {
            return Script.inline(text);
        }
        if (arguments.isEmpty()) {
            throw new UserException("no script: give a file, - for standard input, or -e 'SCRIPT'");
        }
        return Script.read(arguments.removeFirst());
    }

    private int trace(Plan plan, Host host, List<String> arguments)
            throws UserException, InterruptedException, IOException {
        var options = new RunOptions(
                targetPid,
                command,
                seconds > 0 ? Duration.ofSeconds(seconds) : null,
                Duration.ofSeconds(1),
                Set.of(),
                arguments);
        try (OutputStream to = open()) {
            var terminal = new TerminalListener(to, System.err, verbose);
            Run run;
            var started = stopOnSignals();
            try {
                run = KernelTracer.forTerminal(host).start(plan, options, terminal);
            } catch (TraceException e) {
                terminal.failed(e);
                return 1;
            }
            started.complete(run);
            var result = run.result().get();
            terminal.finished(result);
            return status(result);
        } catch (ExecutionException e) {
            throw new UserException("the run broke off: " + e.getCause());
        }
    }

    /** The file of -o, or the terminal, which stays open. */
    private OutputStream open() throws UserException {
        if (output == null) {
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
            return new FileOutputStream(output);
        } catch (FileNotFoundException e) {
            throw new UserException("cannot write " + output + ": " + e.getMessage());
        }
    }

    private int status(RunResult result) {
        return result.errors() > plannedErrors() || result.commandStatus() > 0 ? 1 : 0;
    }

    private int plannedErrors() {
        return defines.getOrDefault("MAXERRORS", 0);
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

    /** SystemTap fills in a missing PATH only from a plain command, without anything a shell would interpret. */
    private static @Nullable String commandPath(@Nullable String command) {
        if (command == null || command.isBlank() || command.chars().anyMatch(c -> "|&;<>(){}".indexOf(c) >= 0)) {
            return null;
        }
        return command.strip().split("\\s+", 2)[0];
    }
}
