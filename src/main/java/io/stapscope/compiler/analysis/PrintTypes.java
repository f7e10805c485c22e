package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_FORMAT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.FORMAT_ARGUMENT_COUNT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.FORMAT_ARGUMENT_TYPE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.OPERATION_NOT_SUPPORTED;

import io.stapscope.compiler.builtin.FormatParser;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.type.Type;

/** The print functions: whether a format and its values agree. */
final class PrintTypes {
    private final Typing typing;
    private final ExpressionTypes expressions;

    PrintTypes(Typing typing, ExpressionTypes expressions) {
        this.typing = typing;
        this.expressions = expressions;
    }

    /** Types the values of a call; gives the type of the call itself. */
    Type print(ExpressionNode.Print e) {
        if (e.function().hasFormat() && e.text() != null) {
            format(e, e.text());
        } else {
            for (var argument : e.arguments()) {
                plain(e, argument);
            }
        }
        return e.function().isString() ? Type.STRING : Type.NONE;
    }

    private void plain(ExpressionNode.Print e, ExpressionNode argument) {
        if (!(argument instanceof ExpressionNode.Histogram histogram)) {
            expressions.value(argument, null);
        } else if (e.arguments().size() > 1 || e.function().hasDelimiter()) {
            expressions.value(histogram, null);
        } else if (e.function().isString()) {
            typing.report(Diagnostic.of(
                    OPERATION_NOT_SUPPORTED,
                    histogram.span(),
                    "a histogram as a string is not supported yet",
                    "not supported",
                    "print it: print(" + histogram.span().text() + ")"));
        } else {
            expressions.histogram(histogram);
        }
    }

    private void format(ExpressionNode.Print e, ExpressionNode.StringLiteral text) {
        var parsed = FormatParser.parse(text.bytes());
        for (var problem : parsed.problems()) {
            typing.report(Diagnostic.of(
                    problem.supported() ? BAD_FORMAT : OPERATION_NOT_SUPPORTED,
                    directive(text, problem.percent(), problem.directive()),
                    "the directive `" + problem.directive() + "` cannot be printed",
                    problem.supported() ? "not a directive" : "not supported",
                    problem.reason(),
                    "a percent sign itself is written %%"));
        }
        var values = parsed.values();
        var arguments = e.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (i >= values.size()) {
                expressions.value(arguments.get(i), null);
                continue;
            }
            var needed = values.get(i).type();
            var found = expressions.value(arguments.get(i), known(arguments.get(i)) ? null : needed);
            if (found != null && found != needed) {
                mismatch(arguments.get(i), found, values.get(i));
            }
        }
        if (parsed.problems().isEmpty() && values.size() != arguments.size()) {
            count(e, text, parsed);
        }
    }

    /** Whether an expression shows its own type, so that a mismatch is the directive's mistake and told so. */
    private boolean known(ExpressionNode argument) {
        return !(argument instanceof ExpressionNode.Variable v && expressions.isUntyped(v.word())
                || argument instanceof ExpressionNode.Element a && expressions.isUntyped(a.array())
                || argument instanceof ExpressionNode.Call call && !expressions.isTyped(call)
                || argument instanceof ExpressionNode.Conditional);
    }

    private void mismatch(ExpressionNode argument, Type found, FormatParser.Value value) {
        typing.report(Diagnostic.of(
                FORMAT_ARGUMENT_TYPE,
                argument.span(),
                "`" + value.directive() + "` prints " + Typing.noun(value.type()) + ", but "
                        + Typing.quote(argument.span()) + " is " + Typing.noun(found),
                Typing.noun(found),
                found == Type.STRING ? "use %s for a string" : "use %d, %u or %x for a number"));
    }

    private void count(ExpressionNode.Print e, ExpressionNode.StringLiteral text, FormatParser.Parsed parsed) {
        int wanted = parsed.values().size();
        int given = e.arguments().size();
        Span where;
        if (given > wanted) {
            where = Span.covering(
                    e.arguments().get(wanted).span(), e.arguments().getLast().span());
        } else {
            var first = parsed.values().get(given);
            where = directive(text, first.percent(), first.directive());
        }
        typing.report(Diagnostic.of(
                FORMAT_ARGUMENT_COUNT,
                where,
                "the format takes " + values(wanted) + ", but " + (given == 1 ? "1 is" : given + " are") + " given",
                given > wanted ? "not printed" : "has no value",
                given > wanted
                        ? "add a directive for it, such as %d or %s"
                        : "add the value after the format, or write %% for a percent sign"));
    }

    private static String values(int count) {
        return count == 1 ? "1 value" : count + " values";
    }

    /** Where a directive stands in the text; the whole literal when escapes or glued pieces hide it. */
    private static Span directive(ExpressionNode.StringLiteral literal, int percent, String directive) {
        var source = literal.span().text();
        int at = -1;
        for (int i = 0; i <= percent; i++) {
            at = source.indexOf('%', at + 1);
            if (at < 0) {
                return literal.span();
            }
        }
        int start = literal.span().start() + at;
        return source.startsWith(directive, at)
                ? new Span(literal.span().source(), start, start + directive.length())
                : literal.span();
    }
}
