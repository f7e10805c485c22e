package io.stapscope.compiler;

import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.analysis.ArrayCheck;
import io.stapscope.compiler.analysis.CTypeInference;
import io.stapscope.compiler.analysis.ConditionCheck;
import io.stapscope.compiler.analysis.ContextCheck;
import io.stapscope.compiler.analysis.ControlFlowCheck;
import io.stapscope.compiler.analysis.Declarations;
import io.stapscope.compiler.analysis.GlobalValues;
import io.stapscope.compiler.analysis.LibraryBlame;
import io.stapscope.compiler.analysis.NameCheck;
import io.stapscope.compiler.analysis.PrivilegeCheck;
import io.stapscope.compiler.analysis.RegexCheck;
import io.stapscope.compiler.analysis.TypeInference;
import io.stapscope.compiler.analysis.UnsupportedCheck;
import io.stapscope.compiler.analysis.UnusedCheck;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.elaboration.DerivedProbe;
import io.stapscope.compiler.elaboration.Elaboration;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.lowering.Lowering;
import io.stapscope.compiler.lowering.Refinement;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.host.Host;
import java.util.List;

/** The compiler: the same text for the same host gives the same plan, or the same diagnostics, on any machine. */
public final class Compiler {
    private Compiler() {}

    /** The first pass alone: reads the text of a script into its tree. */
    public static Script parse(SourceText source, List<String> arguments, Host host, Diagnostics diagnostics) {
        return Parser.parse(source, Library.builtIn().reading(arguments, host), diagnostics);
    }

    public static Compilation compile(SourceText source, Host host, CompileOptions options) {
        return compile(source, Library.builtIn(), host, options);
    }

    static Compilation compile(SourceText source, Library library, Host host, CompileOptions options) {
        var diagnostics = new Diagnostics();
        var script = Parser.parse(source, library.reading(options.arguments(), host, options.switches()), diagnostics);
        script = GlobalValues.apply(script, options.switches().globals(), diagnostics);
        if (diagnostics.hasErrors()) {
            // What could not be read is missing from the tree: all that follows would blame its absence.
            return new Rejected(diagnostics.all());
        }
        var probes = Elaboration.run(script, library, host, options.hasTarget(), diagnostics);
        if (options.switches().skipsBadVariables()) {
            probes = probes.stream().map(DerivedProbe::lenient).toList();
        }
        var symbols = Declarations.run(script, probes, library, diagnostics);
        symbols.dropUnresolved();
        UnsupportedCheck.run(symbols, diagnostics);
        PrivilegeCheck.run(symbols, options.switches().privilege(), diagnostics);
        PrivilegeCheck.functions(symbols, options.switches().guru(), diagnostics);
        ConditionCheck.run(script, symbols, diagnostics);
        NameCheck.run(symbols, diagnostics);
        ArrayCheck.run(symbols, diagnostics);
        GlobalValues.check(symbols, options.switches().globals(), diagnostics);
        ControlFlowCheck.run(symbols, diagnostics);
        // Needs names: types go from variable to variable.
        CTypeInference.run(symbols, host);
        RegexCheck.run(symbols, diagnostics);
        // Needs names and the number of keys of each array.
        TypeInference.run(symbols, diagnostics);
        // Needs resolved points: each offers other context variables.
        ContextCheck.run(symbols, diagnostics);
        LibraryBlame.run(symbols, diagnostics);
        if (diagnostics.hasErrors()) {
            return new Rejected(diagnostics.all());
        }
        if (options.switches().optimizing()) {
            UnusedCheck.run(symbols, diagnostics);
        }
        var draft = Lowering.run(source, symbols, options.limits());
        var plan = Refinement.run(draft, host, options.switches(), diagnostics);
        LibraryBlame.run(symbols, diagnostics);
        return diagnostics.hasErrors() ? new Rejected(diagnostics.all()) : new Compiled(plan, diagnostics.warnings());
    }
}
