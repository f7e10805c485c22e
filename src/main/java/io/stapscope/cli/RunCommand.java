package io.stapscope.cli;

import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import io.stapscope.tracer.KernelTracer;
import io.stapscope.tracer.TraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** {@code stapscope run}: one script in this terminal, with the options, output and exit codes of {@code stap}. */
final class RunCommand implements Command {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Run a script in this terminal, as stap does.";
    }

    @Override
    public String operands() {
        return "[FILE] [ARG...]";
    }

    @Override
    public Options options() {
        return RunSyntax.options();
    }

    @Override
    public List<String> footer() {
        return RunSyntax.footer();
    }

    @Override
    public int run(CommandLine line) throws UserException, IOException, InterruptedException {
        if (line.hasOption("version")) {
            return Main.version();
        }
        var request = RunRequest.of(line);
        var host = LiveHost.ofThisProcess();
        if (request.listing() != null) {
            return ProbeList.print(request.listing(), host, request.variables(), System.out) ? 0 : 1;
        }
        var arguments = new ArrayList<>(request.words());
        var script = script(request.text(), arguments);
        if (request.targetPid() != 0 && !host.processExists(request.targetPid())) {
            throw new UserException("-x " + request.targetPid() + ": no such process");
        }
        return request.pass() == 1
                ? parse(script, arguments, host, request)
                : compile(script, arguments, host, request);
    }

    private static SourceText script(@Nullable String text, List<String> arguments) throws UserException {
        if (text != null) {
            return Script.inline(text);
        }
        if (arguments.isEmpty()) {
            throw new UserException("no script: give a file, - for standard input, or -e 'SCRIPT'");
        }
        return Script.read(arguments.removeFirst());
    }

    private static int parse(SourceText script, List<String> arguments, Host host, RunRequest request) {
        var diagnostics = new Diagnostics();
        var tree = Compiler.parse(script, arguments, host, diagnostics);
        Terminal.print(diagnostics.hasErrors() || request.warnings() ? diagnostics.all() : List.of(), System.err);
        if (diagnostics.hasErrors()) {
            return 1;
        }
        System.out.print(Passes.tree(script, tree));
        return 0;
    }

    private static int compile(SourceText script, List<String> arguments, Host host, RunRequest request)
            throws UserException, InterruptedException, IOException {
        var options = new CompileOptions(
                arguments,
                request.command() != null || request.targetPid() != 0,
                commandPath(request.command()),
                request.limits(),
                request.switches());
        return switch (Compiler.compile(script, host, options)) {
            case Rejected rejected -> {
                Terminal.print(rejected.diagnostics(), System.err);
                yield 1;
            }
            case Compiled compiled -> {
                if (request.warnings()) {
                    Terminal.print(compiled.warnings(), System.err);
                }
                if (request.warningsAreErrors() && !compiled.warnings().isEmpty()) {
                    throw new UserException("warnings are errors with -W");
                }
                yield follow(
                        compiled.plan(),
                        arguments,
                        host,
                        request,
                        () -> Compiler.compile(script, host, options) instanceof Compiled more ? more.plan() : null);
            }
        };
    }

    private static int follow(
            Plan plan, List<String> arguments, Host host, RunRequest request, Supplier<@Nullable Plan> again)
            throws UserException, InterruptedException, IOException {
        boolean verbose = request.verbosity() > 0;
        switch (request.pass()) {
            case 2 -> System.out.print(Passes.analysis(plan, verbose));
            case 3 -> System.out.print(Passes.plan(plan));
            case 4 -> {
                try {
                    var generated = KernelTracer.forTerminal(host).verify(plan);
                    System.out.print(Passes.programs(generated, plan.script(), verbose));
                } catch (TraceException e) {
                    Terminal.print(e, verbose, System.err);
                    return 1;
                }
            }
            default -> {
                return new Tracing(plan, host, request, arguments, again).run();
            }
        }
        return 0;
    }

    /** SystemTap fills in a missing PATH only from a plain command, without anything a shell would interpret. */
    private static @Nullable String commandPath(@Nullable String command) {
        if (command == null || command.isBlank() || command.chars().anyMatch(c -> "|&;<>(){}".indexOf(c) >= 0)) {
            return null;
        }
        return command.strip().split("\\s+", 2)[0];
    }
}
