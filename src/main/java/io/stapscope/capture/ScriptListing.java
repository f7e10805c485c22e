package io.stapscope.capture;

import io.stapscope.codegen.Listing;
import io.stapscope.compiler.diagnostic.Diagnostic;
import java.util.List;

/** The programs that a script becomes, for people to read. */
public sealed interface ScriptListing {
    record Compiled(Listing listing) implements ScriptListing {}

    /** The compiler does not accept the script. */
    record Rejected(List<Diagnostic> diagnostics) implements ScriptListing {
        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** A handler is not for the kernel, or the kernel lacks what it needs. */
    record Refused(String reason) implements ScriptListing {}
}
