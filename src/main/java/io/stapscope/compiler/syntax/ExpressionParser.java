package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_OPERATOR;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NESTED_TOO_DEEP;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_ASSIGNABLE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.WILDCARD_KEY;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators, by the levels of SystemTap's precedence table: 1 assignment, 2 conditional, 3 to 13 binary, 14 signs. */
final class ExpressionParser {
    private static final int LOOSEST_BINARY = 3;
    private static final int MEMBERSHIP = 8;
    private static final int COMPARISON = 9;
    private static final int TIGHTEST = 14;

    private final Grammar grammar;
    private final TokenStream tokens;
    private int nesting;
    private int operators;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    ExpressionNode expression() {
        tokens.enter();
        operators = nesting == 0 ? 0 : operators;
        nesting++;
        try {
            return assignment();
        } finally {
            nesting--;
            tokens.leave();
        }
    }

    private ExpressionNode assignment() {
        ExpressionNode target = conditional();
        AssignOperator operator = assignOperator();
        if (operator == null) {
            return target;
        }
        requireAssignable(target, "`" + operator.symbol() + "` cannot write to this");
        tokens.next();
        ExpressionNode value = expression();
        return new ExpressionNode.Assign(Span.covering(target.span(), value.span()), operator, target, value);
    }

    private @Nullable AssignOperator assignOperator() {
        for (AssignOperator operator : AssignOperator.values()) {
            if (tokens.at(operator.symbol())) {
                return operator;
            }
        }
        return null;
    }

    private ExpressionNode conditional() {
        ExpressionNode condition = binary(LOOSEST_BINARY);
        if (!tokens.accept("?")) {
            return condition;
        }
        ExpressionNode then = expression();
        tokens.expect(":", "between the two values of `?`", "write condition ? first : second");
        tokens.enter();
        try {
            ExpressionNode otherwise = conditional();
            return new ExpressionNode.Conditional(
                    Span.covering(condition.span(), otherwise.span()), condition, then, otherwise);
        } finally {
            tokens.leave();
        }
    }

    /** Operators of this level and tighter ones. */
    private ExpressionNode binary(int loosest) {
        ExpressionNode left;
        // What was read last is the looser end of the left side: nothing tighter may take it as its operand.
        int tightest = TIGHTEST;
        if (tokens.at("[") && loosest <= MEMBERSHIP) {
            left = membershipOfList();
            tightest = MEMBERSHIP - 1;
        } else {
            left = unary();
        }
        while (true) {
            int level = levelAhead();
            if (level < loosest || level > tightest) {
                return left;
            }
            spendOperator();
            left = operation(left, level);
            tightest = level == MEMBERSHIP ? MEMBERSHIP - 1 : level;
        }
    }

    private ExpressionNode operation(ExpressionNode left, int level) {
        if (tokens.acceptKeyword("in")) {
            return membership(left.span(), List.of(new KeyNode.Exact(left)));
        }
        if (tokens.at("=~") || tokens.at("!~")) {
            boolean negated = tokens.next().text().equals("!~");
            var pattern = grammar.literals.string("the pattern of `" + (negated ? "!~" : "=~") + "`");
            return new ExpressionNode.RegexMatch(Span.covering(left.span(), pattern.span()), left, pattern, negated);
        }
        BinaryOperator operator = binaryOperator();
        if (operator == null) {
            throw new IllegalStateException("no operator of level " + level);
        }
        tokens.next();
        ExpressionNode right = binary(level + 1);
        return new ExpressionNode.Binary(Span.covering(left.span(), right.span()), operator, left, right);
    }

    /** The level of the operator ahead; 0 when there is none. */
    private int levelAhead() {
        if (tokens.atKeyword("in")) {
            return MEMBERSHIP;
        }
        if (tokens.at("=~") || tokens.at("!~")) {
            return COMPARISON;
        }
        BinaryOperator operator = binaryOperator();
        return operator == null ? 0 : operator.level();
    }

    private @Nullable BinaryOperator binaryOperator() {
        if (tokens.peek().kind() == Token.Kind.OPERATOR) {
            for (BinaryOperator operator : BinaryOperator.values()) {
                if (tokens.at(operator.symbol())) {
                    return operator;
                }
            }
        }
        return null;
    }

    private void spendOperator() {
        if (++operators > SyntaxLimits.OPERATORS) {
            throw tokens.fail(
                    NESTED_TOO_DEEP,
                    tokens.peek().span(),
                    "an expression has more than " + SyntaxLimits.OPERATORS + " operators",
                    "the first one too many",
                    "compute parts of it in variables first");
        }
    }

    private ExpressionNode membershipOfList() {
        Token opening = tokens.peek();
        List<KeyNode> keys = keyPatterns();
        if (!tokens.acceptKeyword("in")) {
            throw tokens.unexpected(
                    "`in` after the keys in brackets", "it asks whether an element exists: [a, b] in c");
        }
        return membership(opening.span(), keys);
    }

    private ExpressionNode membership(Span first, List<KeyNode> keys) {
        Name array = grammar.literals.name("an array after `in`");
        return new ExpressionNode.Contains(Span.covering(first, array.span()), keys, array);
    }

    /** {@code [key, *]}, where {@code *} stands for any key. */
    List<KeyNode> keyPatterns() {
        Token opening = tokens.next();
        var keys = new ArrayList<KeyNode>();
        do {
            Token token = tokens.peek();
            if (tokens.accept("*")) {
                keys.add(new KeyNode.Any(token.span()));
            } else {
                keys.add(new KeyNode.Exact(expression()));
            }
        } while (tokens.accept(","));
        tokens.close(opening, "]");
        return keys;
    }

    /** {@code [key, key]} of one element. */
    List<ExpressionNode> keys() {
        Token opening = tokens.next();
        var keys = new ArrayList<ExpressionNode>();
        do {
            if (tokens.at("*")) {
                throw tokens.fail(
                        WILDCARD_KEY,
                        tokens.peek().span(),
                        "`*` cannot be the key of one element",
                        "any key",
                        "it may stand for a key in `delete`, before `in`, and in the array of a `foreach`");
            }
            keys.add(expression());
        } while (tokens.accept(","));
        tokens.close(opening, "]");
        return keys;
    }

    private ExpressionNode unary() {
        Token first = tokens.peek();
        for (UnaryOperator operator : UnaryOperator.values()) {
            if (tokens.at(operator.symbol())) {
                tokens.enter();
                try {
                    tokens.next();
                    ExpressionNode operand = unary();
                    return new ExpressionNode.Unary(Span.covering(first.span(), operand.span()), operator, operand);
                } finally {
                    tokens.leave();
                }
            }
        }
        if (tokens.at("++") || tokens.at("--")) {
            String symbol = tokens.next().text();
            ExpressionNode target = grammar.operands.access();
            requireAssignable(target, "`" + symbol + "` cannot change this");
            Span span = Span.covering(first.span(), target.span());
            return new ExpressionNode.Step(span, target, symbol.equals("++"), true);
        }
        return tokens.at("&") ? address() : postfix();
    }

    private ExpressionNode postfix() {
        ExpressionNode target = grammar.operands.access();
        if (!tokens.at("++") && !tokens.at("--")) {
            return target;
        }
        String symbol = tokens.peek().text();
        requireAssignable(target, "`" + symbol + "` cannot change this");
        Token sign = tokens.next();
        return new ExpressionNode.Step(Span.covering(target.span(), sign.span()), target, symbol.equals("++"), false);
    }

    private ExpressionNode address() {
        Span first = tokens.next().span();
        ExpressionNode operand = grammar.operands.access();
        if (!isProbed(operand)) {
            tokens.report(
                    BAD_OPERATOR,
                    operand.span(),
                    "`&` cannot take the address of this",
                    "has no address",
                    "it takes the address of a context variable: &$name, &$name->member");
        }
        return new ExpressionNode.AddressOf(Span.covering(first, operand.span()), operand);
    }

    private void requireAssignable(ExpressionNode target, String message) {
        boolean own = target instanceof ExpressionNode.Variable || target instanceof ExpressionNode.Element;
        if (!own && !isProbed(target)) {
            tokens.report(
                    NOT_ASSIGNABLE,
                    target.span(),
                    message,
                    "not a variable",
                    "a variable, an element of an array or a statistic can be written"
                            + (tokens.at("=") ? "; to compare, write `==`" : ""));
        }
    }

    /** Whether it lies in the memory of the probed code. */
    private static boolean isProbed(ExpressionNode expression) {
        return expression instanceof ExpressionNode.TargetVariable
                || expression instanceof ExpressionNode.Access
                || expression instanceof ExpressionNode.Cast
                || expression instanceof ExpressionNode.GlobalVariable;
    }
}
