package io.stapscope.compiler.diagnostic;

import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to tell the user about the script.
 *
 * @param span what to underline
 * @param message a sentence in the user's words, lower case, without a full stop
 * @param label a few words that stand beside the caret; may be empty
 * @param notes what is allowed here and the next step, a line each
 */
public record Diagnostic(
        DiagnosticCode code,
        Severity severity,
        Span span,
        String message,
        String label,
        List<String> notes,
        @Nullable Fix fix) {
    public Diagnostic {
        notes = List.copyOf(notes);
    }

    /** A diagnostic of the severity of its code, with the notes given. */
    public static Diagnostic of(DiagnosticCode code, Span span, String message, String label, String... notes) {
        return new Diagnostic(code, code.severity(), span, message, label, List.of(notes), null);
    }

    public Diagnostic withNote(String note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return new Diagnostic(code, severity, span, message, label, more, fix);
    }

    public Diagnostic withFix(Fix cure) {
        return new Diagnostic(code, severity, span, message, label, notes, cure);
    }

    /** With what was probably meant in place of the words there; as it is where nothing is close. */
    public Diagnostic suggesting(Span there, @Nullable String word) {
        return word == null ? this : suggesting(there, word, "`" + word + "`");
    }

    /** The same for what stands in quotes there. */
    public Diagnostic suggestingText(Span there, @Nullable String text) {
        return text == null ? this : suggesting(there, "\"" + text + "\"", "\"" + text + "\"");
    }

    private Diagnostic suggesting(Span there, String replacement, String shown) {
        return withNote("did you mean " + shown + "?").withFix(new Fix(there, replacement, "replace by " + shown));
    }

    @Override
    public String toString() {
        return span + ": " + severity.word() + "[" + code.id() + "]: " + message;
    }
}
