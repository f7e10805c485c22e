package io.stapscope.compiler;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.ir.IrPrinter;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.RecordedHost;

/** Compiles texts for the recorded host. */
public final class Compile {
    private Compile() {}

    public static Compilation script(String text) {
        return Compiler.compile(new SourceText("script.stp", text), new RecordedHost(), CompileOptions.defaults());
    }

    /** The plan of a script that must be right. */
    public static Plan plan(String text) {
        return switch (script(text)) {
            case Compilation.Compiled compiled -> compiled.plan();
            case Compilation.Rejected(var diagnostics) ->
                throw new AssertionError(DiagnosticRenderer.render(diagnostics));
        };
    }

    /** The plan of a script, printed. */
    public static String ir(String text) {
        return IrPrinter.print(plan(text));
    }

    /** All diagnostics of a script, printed. */
    public static String diagnostics(String text) {
        return DiagnosticRenderer.render(script(text).diagnostics());
    }
}
