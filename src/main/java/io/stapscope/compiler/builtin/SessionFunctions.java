package io.stapscope.compiler.builtin;

import io.stapscope.compiler.builtin.Builtin.ProbePointText.Part;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.List;

/** The run itself: its end, its errors, its target. */
final class SessionFunctions {
    private SessionFunctions() {}

    static List<Builtin> all() {
        return List.of(
                new Builtin.Action(
                        "exit",
                        List.of(),
                        "Ends the run: this handler goes on to its end, no other starts.",
                        (span, _) -> new Statement.Exit(span)),
                new Builtin.Action(
                        "error",
                        List.of(Type.STRING),
                        "Ends this handler with an error; the run ends unless MAXERRORS allows it.",
                        (span, arguments) -> new Statement.Raise(span, arguments.getFirst())),
                new Builtin.Action(
                        "warn",
                        List.of(Type.STRING),
                        "Writes a warning to the error stream.",
                        (span, arguments) -> new Statement.Warn(span, arguments.getFirst())),
                TaskFunctions.context(
                        "target", ContextValue.TARGET, "Process id of the target (-x or -c), 0 without one."),
                new Builtin.ProbePointText("pp", "The probe point of the running handler, fully resolved.", Part.WHOLE),
                new Builtin.ProbePointText("pn", "The probe point as the script names it.", Part.NAME),
                new Builtin.ProbePointText("ppfunc", "The function that the probe point names.", Part.FUNCTION),
                new Builtin.ProbePointText("probefunc", "The function that the probe point is in.", Part.FUNCTION));
    }
}
