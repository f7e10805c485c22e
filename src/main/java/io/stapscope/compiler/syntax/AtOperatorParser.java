package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_OPERATOR;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_OPERATOR;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AtOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.StringLiteral;
import io.stapscope.compiler.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators that begin with an at sign. */
final class AtOperatorParser {
    private static final String HIST_LOG = "@hist_log";
    private static final String HIST_LINEAR = "@hist_linear";

    private final Grammar grammar;
    private final TokenStream tokens;

    AtOperatorParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    boolean atHistogram() {
        return tokens.peek().is(Token.Kind.IDENTIFIER, HIST_LOG)
                || tokens.peek().is(Token.Kind.IDENTIFIER, HIST_LINEAR);
    }

    /** What the word ahead asks of a statistic; null when it is something else. */
    @Nullable
    StatisticOperator statisticAhead() {
        for (StatisticOperator operator : StatisticOperator.values()) {
            if (tokens.peek().is(Token.Kind.IDENTIFIER, operator.symbol())) {
                return operator;
            }
        }
        return null;
    }

    ExpressionNode operation() {
        StatisticOperator statistic = statisticAhead();
        if (statistic != null) {
            return extract(statistic);
        }
        if (atHistogram()) {
            return bucket();
        }
        Token word = tokens.peek();
        return switch (word.text()) {
            case "@cast" -> cast();
            case "@var" -> globalVariable();
            case "@defined" -> {
                ExpressionNode operand = onlyArgument();
                yield new ExpressionNode.Defined(tokens.since(word.span()), operand);
            }
            case "@entry" -> {
                ExpressionNode operand = onlyArgument();
                yield new ExpressionNode.Entry(tokens.since(word.span()), operand);
            }
            default -> rarer(word);
        };
    }

    private ExpressionNode onlyArgument() {
        Token word = tokens.next();
        Token opening = open(word);
        ExpressionNode operand = grammar.expressions.expression();
        tokens.close(opening, ")");
        return operand;
    }

    private ExpressionNode extract(StatisticOperator operator) {
        Token word = tokens.next();
        Token opening = open(word);
        ExpressionNode statistic = statistic(word);
        ExpressionNode.NumberLiteral shift = null;
        if (operator == StatisticOperator.VARIANCE && tokens.accept(",")) {
            shift = grammar.literals.number("the bit shift of @variance");
        }
        tokens.close(opening, ")");
        return new ExpressionNode.Extract(tokens.since(word.span()), operator, statistic, shift);
    }

    private ExpressionNode statistic(Token word) {
        ExpressionNode statistic = grammar.expressions.expression();
        boolean named = statistic instanceof ExpressionNode.Variable || statistic instanceof ExpressionNode.Element;
        if (!named) {
            tokens.report(
                    BAD_OPERATOR,
                    statistic.span(),
                    "`" + word.text() + "` takes the name of a statistic",
                    "not a statistic",
                    "a statistic is a global that is fed by `<<<`: " + word.text() + "(latency)");
        }
        return statistic;
    }

    ExpressionNode.Histogram histogram() {
        Token word = tokens.next();
        Token opening = open(word);
        ExpressionNode statistic = statistic(word);
        ExpressionNode.LinearScale linear = null;
        if (word.text().equals(HIST_LINEAR)) {
            linear = linearScale(word);
        }
        tokens.close(opening, ")");
        return new ExpressionNode.Histogram(tokens.since(word.span()), statistic, linear);
    }

    private ExpressionNode.LinearScale linearScale(Token word) {
        var numbers = new ArrayList<ExpressionNode.NumberLiteral>();
        for (String part : List.of("lower bound", "upper bound", "bucket width")) {
            if (!tokens.accept(",")) {
                throw tokens.fail(
                        BAD_OPERATOR,
                        Span.covering(word.span(), tokens.peek().span()),
                        "`@hist_linear` needs the " + part,
                        "not complete",
                        "write @hist_linear(statistic, low, high, width) with three numbers");
            }
            numbers.add(grammar.literals.signedNumber("the " + part + " of @hist_linear"));
        }
        return new ExpressionNode.LinearScale(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    private ExpressionNode bucket() {
        ExpressionNode.Histogram histogram = histogram();
        if (!tokens.at("[")) {
            throw tokens.fail(
                    BAD_OPERATOR,
                    histogram.span(),
                    "a histogram is not a value",
                    "stands where a value must be",
                    "print it with print(@hist_log(x)), or ask for one bucket with @hist_log(x)[n]");
        }
        Token opening = tokens.next();
        ExpressionNode index = grammar.expressions.expression();
        tokens.close(opening, "]");
        return new ExpressionNode.Bucket(tokens.since(histogram.span()), histogram, index);
    }

    private ExpressionNode cast() {
        Token word = tokens.next();
        Token opening = open(word);
        ExpressionNode operand = grammar.expressions.expression();
        tokens.expect(",", "and the name of a type", "write @cast(pointer, \"type\")->member");
        StringLiteral type = grammar.literals.string("the type of @cast");
        StringLiteral module = optionalString("the module of @cast");
        tokens.close(opening, ")");
        return new ExpressionNode.Cast(tokens.since(word.span()), operand, type, module);
    }

    private ExpressionNode globalVariable() {
        Token word = tokens.next();
        Token opening = open(word);
        StringLiteral name = grammar.literals.string("the name in @var");
        StringLiteral module = optionalString("the module of @var");
        tokens.close(opening, ")");
        return new ExpressionNode.GlobalVariable(tokens.since(word.span()), name, module);
    }

    private @Nullable StringLiteral optionalString(String what) {
        return tokens.accept(",") ? grammar.literals.string(what) : null;
    }

    private ExpressionNode rarer(Token word) {
        for (AtOperator operator : AtOperator.values()) {
            if (operator.symbol().equals(word.text())) {
                tokens.next();
                if (!tokens.at("(")) {
                    throw notOpen(word);
                }
                List<ExpressionNode> arguments = grammar.operands.arguments();
                var operation = new ExpressionNode.AtOperation(tokens.since(word.span()), operator, arguments);
                requireCount(operation);
                return operation;
            }
        }
        reportUnknown(word);
        tokens.next();
        if (tokens.at("(")) {
            grammar.operands.arguments();
        }
        return new ExpressionNode.NumberLiteral(word.span(), 0);
    }

    private void requireCount(ExpressionNode.AtOperation operation) {
        AtOperator operator = operation.operator();
        int count = operation.arguments().size();
        if (count < operator.leastArguments() || count > operator.mostArguments()) {
            String wanted = operator.leastArguments() == operator.mostArguments()
                    ? String.valueOf(operator.leastArguments())
                    : operator.leastArguments() + " to " + operator.mostArguments();
            tokens.report(
                    BAD_OPERATOR,
                    operation.span(),
                    "`" + operator.symbol() + "` takes " + (wanted.equals("1") ? "one argument" : wanted + " arguments")
                            + ", not " + (count == 0 ? "none" : count),
                    "wrong number of arguments",
                    "write " + operator.symbol() + "(" + (wanted.equals("1") ? "value" : "value, ...") + ")");
        }
    }

    private Token open(Token word) {
        if (!tokens.at("(")) {
            throw notOpen(word);
        }
        return tokens.next();
    }

    private Panic notOpen(Token word) {
        return tokens.fail(
                BAD_OPERATOR,
                word.span(),
                "`" + word.text() + "` must be followed by `(`",
                "expected `(` after this",
                "its operand stands in parentheses");
    }

    private void reportUnknown(Token word) {
        var known = new ArrayList<>(Words.AT_OPERATORS);
        known.addAll(grammar.macros);
        known.sort(null);
        var diagnostic = Diagnostic.of(
                UNKNOWN_OPERATOR,
                word.span(),
                "there is no operator or macro `" + word.text() + "`",
                "unknown",
                "statistics are read by @count @sum @min @max @avg @variance @hist_log @hist_linear",
                "a macro is made with @define name %( ... %)");
        String near = Spelling.nearest(word.text(), known);
        tokens.report(
                near == null
                        ? diagnostic
                        : diagnostic.withFix(new Fix(word.span(), near, "replace by `" + near + "`")));
    }
}
