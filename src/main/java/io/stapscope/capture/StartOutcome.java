package io.stapscope.capture;

import io.stapscope.compiler.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;

/** What became of a request to start. */
public sealed interface StartOutcome {
    record Started(Capture capture) implements StartOutcome {}

    /** The compiler does not accept the script. */
    record Rejected(List<Diagnostic> diagnostics) implements StartOutcome {
        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /**
     * The host or a limit does not allow it.
     *
     * @param args what the message names
     */
    record Refused(Reason reason, String message, Map<String, Object> args) implements StartOutcome {
        public Refused {
            args = Map.copyOf(args);
        }
    }

    /** Why a run is refused. */
    enum Reason {
        COMMAND_NOT_ALLOWED,
        BAD_REQUEST,
        NO_SUCH_PROCESS,
        TOO_MANY_CAPTURES,
        SCRIPT_TOO_LARGE,
        KERNEL_REFUSED
    }
}
