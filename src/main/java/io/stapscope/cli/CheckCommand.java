package io.stapscope.cli;

import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stapscope check}: compiles without running; one line a file. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Check scripts without running them: FILE: ok, or what is wrong and where.",
        footer = {"", "Exit status: 0 when all are right, 1 when any is wrong."})
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "-e", paramLabel = "SCRIPT", description = "Check this text.")
    private @Nullable String text;

    @Parameters(paramLabel = "FILE", description = "Script files; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() {
        if (text == null && files.isEmpty()) {
            System.err.println("stapscope check: nothing to check: give files, - for standard input, or -e 'SCRIPT'");
            return 1;
        }
        var host = LiveHost.ofThisProcess();
        boolean right = text == null || check(Script.inline(text), host);
        for (var file : files) {
            try {
                right &= check(Script.read(file), host);
            } catch (UserException e) {
                System.err.println("stapscope check: " + e.getMessage());
                right = false;
            }
        }
        return right ? 0 : 1;
    }

    private static boolean check(SourceText script, Host host) {
        var options = new CompileOptions(List.of(), false, null, Limits.DEFAULT);
        return switch (CompileStep.compile(script, host, options)) {
            case Compiled compiled -> {
                CompileStep.print(compiled.warnings(), System.out);
                System.out.println(script.name() + ": ok");
                yield true;
            }
            case Rejected rejected -> {
                CompileStep.print(rejected.diagnostics(), System.out);
                int errors = rejected.diagnostics().size();
                System.out.println(script.name() + ": " + errors + (errors == 1 ? " error" : " errors"));
                yield false;
            }
        };
    }
}
