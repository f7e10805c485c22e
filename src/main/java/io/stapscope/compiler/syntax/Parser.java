package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.SCRIPT_TOO_LONG;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.Script;
import java.util.List;

/** Reads the text of a script into its tree. */
public final class Parser {
    private Parser() {}

    /** Never throws, whatever the text is. With errors among the diagnostics the tree holds what could be read. */
    public static Script parse(SourceText source, ParseOptions options, Diagnostics diagnostics) {
        List<String> arguments = options.arguments();
        var whole = new Span(source, 0, source.text().length());
        int excess = excessStart(source.text());
        if (excess >= 0) {
            diagnostics.report(
                    SCRIPT_TOO_LONG,
                    new Span(source, excess, excess + 1),
                    "the script is longer than " + SyntaxLimits.SOURCE_BYTES / 1024 + " KiB",
                    "the first character too many",
                    "split it into several scripts");
            return new Script(whole, List.of());
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (excessStart(arguments.get(i)) >= 0) {
                diagnostics.report(
                        SCRIPT_TOO_LONG,
                        new Span(source, 0, 0),
                        "script argument " + (i + 1) + " is longer than " + SyntaxLimits.SOURCE_BYTES / 1024 + " KiB",
                        "",
                        "give a shorter one");
                return new Script(whole, List.of());
            }
        }
        var words = new Preprocessor(source, options, diagnostics).run();
        var grammar = new Grammar(new TokenStream(source, words.tokens(), diagnostics), words.macros());
        return new Script(whole, grammar.declarations.script());
    }

    /** Where the first character stands that is over the limit in UTF-8; -1 when the text fits. */
    private static int excessStart(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            // Each half of a surrogate pair counts two of the four bytes.
            bytes += letter < 0x80 ? 1 : letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
            if (bytes > SyntaxLimits.SOURCE_BYTES) {
                return i;
            }
        }
        return -1;
    }
}
