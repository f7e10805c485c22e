package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_REGEX;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.regex.Regex;
import io.stapscope.compiler.regex.RegexException;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;

/** Reads the patterns right of {@code =~}. */
public final class RegexCheck {
    private final Diagnostics diagnostics;

    private RegexCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new RegexCheck(diagnostics);
        for (var body : symbols.bodies()) {
            TreeWalk.expressions(body.block(), pass::check);
        }
    }

    private void check(ExpressionNode expression) {
        if (expression instanceof ExpressionNode.RegexMatch match) {
            try {
                Regex.compile(match.pattern().bytes());
            } catch (RegexException e) {
                diagnostics.report(
                        BAD_REGEX,
                        place(match.pattern(), e.position()),
                        "this regular expression cannot be read: " + e.text(),
                        "here",
                        "patterns are POSIX extended regular expressions");
            }
        }
    }

    /** The character of a literal, or all of a literal with escapes. */
    private static Span place(ExpressionNode.StringLiteral literal, int position) {
        var span = literal.span();
        boolean plain = span.end() - span.start() == literal.bytes().length() + 2
                && span.text().charAt(0) == '"';
        int at = span.start() + 1 + position;
        return plain && at < span.end() ? new Span(span.source(), at, at + 1) : span;
    }
}
