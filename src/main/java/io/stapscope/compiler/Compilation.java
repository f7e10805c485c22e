package io.stapscope.compiler;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.ir.Plan;
import java.util.List;

/** What became of a script. */
public sealed interface Compilation {
    /** Errors and warnings, in the order of the text. */
    List<Diagnostic> diagnostics();

    /** @param warnings what keeps nothing from running */
    record Compiled(Plan plan, List<Diagnostic> warnings) implements Compilation {
        public Compiled {
            warnings = List.copyOf(warnings);
        }

        @Override
        public List<Diagnostic> diagnostics() {
            return warnings;
        }
    }

    /** @param diagnostics at least one error, and the warnings */
    record Rejected(List<Diagnostic> diagnostics) implements Compilation {
        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
