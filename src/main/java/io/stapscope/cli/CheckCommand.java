package io.stapscope.cli;

import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Severity;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.kernel.inspect.LiveHost;
import io.stapscope.tracer.KernelTracer;
import io.stapscope.tracer.TraceException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code stapscope check}: compiles without running; one line a file. */
final class CheckCommand implements Command {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Check scripts without running them: FILE: ok, or what is wrong and where.";
    }

    @Override
    public String operands() {
        return "[FILE...]";
    }

    @Override
    public Options options() {
        var options = new Options();
        RunSyntax.argument(options, "e", "SCRIPT", "Check this text.");
        RunSyntax.argument(
                options,
                "p",
                "PASS",
                "How far: 1 reads the text, 2 finds names and types and everything else (default), 4 lets the kernel's"
                        + " verifier look at the programs, too.");
        RunSyntax.flag(options, "v", "Show the verifier's log of what it refuses.");
        RunSyntax.compilerOptions(options);
        return options;
    }

    @Override
    public List<String> footer() {
        return List.of("FILE - is standard input.", "", "Exit status: 0 when all are right, 1 when any is wrong.");
    }

    @Override
    public int run(CommandLine line) throws UserException {
        var files = line.getArgList();
        var text = line.getOptionValue("e");
        if (text == null && files.isEmpty()) {
            throw new UserException("nothing to check: give files, - for standard input, or -e 'SCRIPT'");
        }
        var check = new Check(line, System.out);
        boolean right = text == null || check.one(Script.inline(text));
        var progress = new Progress(files.size());
        for (var file : files) {
            progress.next(file);
            try {
                right &= check.one(Script.read(file));
            } catch (UserException e) {
                System.err.println("stapscope check: " + e.getMessage());
                right = false;
            }
        }
        progress.end();
        return right ? 0 : 1;
    }

    /** How far the scripts are taken, and what they are compiled for. */
    private static final class Check {
        private final int pass;
        private final boolean warnings;
        private final boolean strict;
        private final boolean verbose;
        private final CompileOptions options;
        private final LiveHost host = LiveHost.ofThisProcess();
        private final KernelTracer tracer = KernelTracer.forTerminal(host);
        private final PrintStream out;

        Check(CommandLine line, PrintStream out) throws UserException {
            var request = RunRequest.of(line);
            pass = line.hasOption("p") ? request.pass() : 2;
            warnings = request.warnings();
            strict = request.warningsAreErrors();
            verbose = request.verbosity() > 0;
            options = new CompileOptions(List.of(), false, null, request.limits(), request.switches());
            this.out = out;
        }

        /** Whether a script is right; says so, or what is wrong. */
        boolean one(SourceText script) {
            if (pass == 1) {
                var diagnostics = new Diagnostics();
                var ignored = Compiler.parse(script, List.of(), host, diagnostics);
                return verdict(script, diagnostics.all());
            }
            Compilation compilation = Compiler.compile(script, host, options);
            return switch (compilation) {
                case Rejected rejected -> verdict(script, rejected.diagnostics());
                case Compiled compiled ->
                    (pass < 4 || accepted(script, compiled)) && verdict(script, compiled.warnings());
            };
        }

        private boolean accepted(SourceText script, Compiled compiled) {
            try {
                var ignored = tracer.verify(compiled.plan());
                return true;
            } catch (TraceException e) {
                Terminal.print(e, verbose, out);
                out.println(script.name() + ": 1 error");
                return false;
            }
        }

        private boolean verdict(SourceText script, List<Diagnostic> diagnostics) {
            long errors = diagnostics.stream()
                    .filter(diagnostic -> strict || diagnostic.severity() == Severity.ERROR)
                    .count();
            Terminal.print(warnings || errors > 0 ? diagnostics : List.of(), out);
            out.println(script.name() + ": " + (errors == 0 ? "ok" : errors + (errors == 1 ? " error" : " errors")));
            return errors == 0;
        }
    }

    /** Where a long check is, when somebody watches the error stream. */
    private static final class Progress {
        private static final int WORTH_SHOWING = 20;

        private final int total;
        private final boolean shown;
        private int done;

        Progress(int total) {
            this.total = total;
            shown = total >= WORTH_SHOWING && isTerminal();
        }

        void next(String file) {
            if (shown) {
                System.err.print("\r\033[K" + ++done + "/" + total + " " + file);
            }
        }

        void end() {
            if (shown) {
                System.err.print("\r\033[K");
            }
        }

        private static boolean isTerminal() {
            try {
                var target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
    }
}
