package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.NO_SUCH_ARGUMENT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_OPERATOR;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Severity;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.tree.Script;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a script anew: one statement a line, four spaces a level, an opening brace at the end of its line. Words and
 * comments stay as they are, and inside of macros and conditionals the lines too. A text that cannot be read, or that
 * would not read as the same tree, stays as it is.
 */
public final class ScriptFormatter {
    /** What script arguments may stand for: a text with a wrong guess has errors. */
    private static final List<String> GUESSES = List.of("1", "x", "begin", "\"x\"");

    private static final int ARGUMENTS = 64;
    private static final Pattern ARGUMENT = Pattern.compile("[$@][0-9]");

    private static final Machine ANY_MACHINE = new Machine() {
        @Override
        public String kernelRelease() {
            return "6.0.0";
        }

        @Override
        public String architecture() {
            return "x86_64";
        }

        @Override
        public String kernelOption(String name) {
            return "1";
        }
    };

    private ScriptFormatter() {}

    public static String format(SourceText source) {
        List<Piece> pieces = Piece.cut(source);
        if (pieces == null || pieces.isEmpty()) {
            return source.text();
        }
        boolean guesses = ARGUMENT.matcher(source.text()).find();
        for (String guess : guesses ? GUESSES : GUESSES.subList(0, 1)) {
            Script script = read(source, guess);
            if (script != null) {
                String text = new LayoutWriter(pieces, Layout.of(script, pieces)).write();
                return isSame(source, script, text, guess) ? text : source.text();
            }
        }
        return source.text();
    }

    /** Null when it has errors that leave parts of it unread. */
    private static @Nullable Script read(SourceText source, String argument) {
        var diagnostics = new Diagnostics();
        var options = ParseOptions.of(Collections.nCopies(ARGUMENTS, argument), ANY_MACHINE);
        Script script = Parser.parse(source, options, diagnostics);
        boolean whole = diagnostics.all().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .allMatch(each -> each.code() == UNKNOWN_OPERATOR || each.code() == NO_SUCH_ARGUMENT);
        return whole ? script : null;
    }

    private static boolean isSame(SourceText source, Script script, String text, String argument) {
        var formatted = new SourceText(source.name(), text);
        List<Piece> before = Piece.cut(source);
        List<Piece> after = Piece.cut(formatted);
        Script again = read(formatted, argument);
        return before != null
                && after != null
                && again != null
                && before.stream()
                        .map(Piece::text)
                        .toList()
                        .equals(after.stream().map(Piece::text).toList())
                && TreePrinter.print(script).equals(TreePrinter.print(again));
    }
}
