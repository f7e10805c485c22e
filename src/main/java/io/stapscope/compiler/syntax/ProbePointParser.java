package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_PROBE_POINT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.LITERAL_NEEDED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISSING_PROBE_POINT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TOO_MANY_ALTERNATIVES;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Probe points: {@code process("ls").{begin, end} ? if (on)}. */
final class ProbePointParser {
    /** Tokens looked at to tell braces of a probe point from a body. */
    private static final int LONGEST_BRACES = 2000;

    /** What may come behind the closing brace of alternatives. */
    private static final Set<String> FOLLOWERS = Set.of(".", ",", "{", "}", "?", "!", "=", "+=");

    private static final Set<String> EXPRESSIONS = Set.of(",", "+", "-", "*", "/", "%", "<<", ">>", "|", "&");

    private final Grammar grammar;
    private final TokenStream tokens;

    ProbePointParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    ProbePointNode point() {
        ProbePointNode point = path();
        if (alternatives(point) > SyntaxLimits.ALTERNATIVES) {
            throw tokens.fail(
                    TOO_MANY_ALTERNATIVES,
                    point.span(),
                    "the braces stand for more than " + SyntaxLimits.ALTERNATIVES + " probe points",
                    "too many combinations",
                    "use a wildcard `*`, or several probes");
        }
        return new ProbePointNode(point.span(), point.components(), point.mark(), condition());
    }

    private @Nullable ExpressionNode condition() {
        if (!tokens.acceptKeyword("if")) {
            return null;
        }
        Token opening =
                tokens.expect("(", "after the `if` of a probe point", "write probe point if (condition) { ... }");
        ExpressionNode condition = grammar.expressions.expression();
        tokens.close(opening, ")");
        return condition;
    }

    /** Components and mark, without a condition. */
    private ProbePointNode path() {
        tokens.enter();
        try {
            Span first = tokens.peek().span();
            var components = new ArrayList<Component>();
            do {
                components.add(component(components.isEmpty()));
            } while (tokens.accept("."));
            Mark mark = tokens.accept("?") ? Mark.OPTIONAL : tokens.accept("!") ? Mark.SUFFICIENT : Mark.NONE;
            requireMarksAtEnd(components, mark);
            return new ProbePointNode(tokens.since(first), components, mark, null);
        } finally {
            tokens.leave();
        }
    }

    private Component component(boolean first) {
        boolean inside = !first && tokens.at("{") && tokens.peek().glued();
        if (inside || (tokens.at("{") && atAlternatives())) {
            return choices();
        }
        Token start = tokens.peek();
        if (!isPiece(start)) {
            throw missing(start, first);
        }
        var text = new StringBuilder(tokens.next().text());
        while (isPiece(tokens.peek()) && tokens.peek().glued()) {
            text.append(tokens.next().text());
        }
        ExpressionNode argument = tokens.at("(") ? argument(text.toString()) : null;
        return new Component.Plain(tokens.since(start.span()), text.toString(), argument);
    }

    private static boolean isPiece(Token token) {
        return switch (token.kind()) {
            case IDENTIFIER -> token.isPlainIdentifier();
            case KEYWORD, NUMBER -> true;
            case OPERATOR -> token.isOperator("*");
            case STRING, EMBEDDED_C, END -> false;
        };
    }

    private Panic missing(Token found, boolean first) {
        if (!first) {
            return tokens.fail(
                    BAD_PROBE_POINT,
                    found.span(),
                    "the probe point goes on after `.`, but " + found.described() + " follows",
                    "expected a name",
                    "remove the `.` or write the next part of the probe point");
        }
        return tokens.fail(
                MISSING_PROBE_POINT,
                found.span(),
                "expected a probe point but found " + found.described(),
                "not a probe point",
                "a probe point is a name such as `begin`, `timer.s(1)` or `process(\"/bin/ls\").syscall`");
    }

    private ExpressionNode argument(String component) {
        Token opening = tokens.next();
        boolean literal = grammar.literals.atString() || tokens.peek().kind() == Token.Kind.NUMBER || tokens.at("-");
        if (!literal) {
            throw tokens.fail(
                    LITERAL_NEEDED,
                    unquoted(),
                    "the argument of `" + component + "` must be a number or a string in double quotes",
                    "not a literal",
                    "write " + component + "(100) or " + component + "(\"...\")");
        }
        Span start = tokens.peek().span();
        ExpressionNode argument = grammar.literals.numberOrString("the argument of `" + component + "`");
        Token behind = tokens.peek();
        boolean more =
                behind.kind() == Token.Kind.OPERATOR && !behind.startsLine() && EXPRESSIONS.contains(behind.text());
        if (more) {
            throw tokens.fail(
                    LITERAL_NEEDED,
                    Span.covering(start, unquoted()),
                    "the argument of `" + component + "` must be one number or one string",
                    "not a literal",
                    "probe points are known before the script runs: write the value itself");
        }
        tokens.close(opening, ")");
        return argument;
    }

    /** All that stands there in place of a literal, up to the parenthesis. */
    private Span unquoted() {
        Span first = tokens.peek().span();
        Span last = first;
        for (int i = 1; !tokens.peek(i).isOperator(")") && !tokens.peek(i).startsLine(); i++) {
            if (tokens.peek(i).kind() == Token.Kind.END) {
                return first;
            }
            last = tokens.peek(i).span();
        }
        return tokens.at(")") ? first : Span.covering(first, last);
    }

    private Component choices() {
        Token opening = tokens.next();
        var choices = new ArrayList<ProbePointNode>();
        do {
            choices.add(path());
        } while (tokens.accept(","));
        tokens.close(opening, "}");
        return new Component.Alternatives(tokens.since(opening.span()), choices);
    }

    /** Tells the braces of {@code probe {a,b}.c} from a body by what follows their end. */
    boolean atAlternatives() {
        int further = 0;
        int depth = 0;
        do {
            Token token = tokens.peek(further++);
            if (token.kind() == Token.Kind.END || token.isOperator(";") || further > LONGEST_BRACES) {
                return false;
            }
            if (token.isOperator("{")) {
                depth++;
            } else if (token.isOperator("}")) {
                depth--;
            }
        } while (depth > 0);
        Token after = tokens.peek(further);
        return after.isKeyword("if") || (after.kind() == Token.Kind.OPERATOR && FOLLOWERS.contains(after.text()));
    }

    private void requireMarksAtEnd(List<Component> components, Mark mark) {
        for (int i = 0; i < components.size(); i++) {
            boolean last = i == components.size() - 1;
            if (components.get(i) instanceof Component.Alternatives(Span span, var choices)
                    && !(last && mark == Mark.NONE)
                    && choices.stream().anyMatch(ProbePointParser::isMarked)) {
                tokens.report(
                        BAD_PROBE_POINT,
                        span,
                        "`?` and `!` stand at the end of a probe point only",
                        "something follows these braces",
                        "put the mark behind the whole probe point");
            }
        }
    }

    private static boolean isMarked(ProbePointNode point) {
        return point.mark() != Mark.NONE
                || (point.components().getLast() instanceof Component.Alternatives(Span span, var choices)
                        && choices.stream().anyMatch(ProbePointParser::isMarked));
    }

    /** How many probe points the braces stand for, or just over the limit. */
    private static long alternatives(ProbePointNode point) {
        long product = 1;
        for (Component component : point.components()) {
            if (component instanceof Component.Alternatives(Span span, var choices)) {
                long sum = choices.stream()
                        .mapToLong(ProbePointParser::alternatives)
                        .sum();
                product = Math.min(product * sum, SyntaxLimits.ALTERNATIVES + 1L);
            }
        }
        return product;
    }
}
