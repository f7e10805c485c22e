package io.stapscope.compiler.syntax;

import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.UnaryOperator;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The expressions of {@link TreePrinter}. Levels are those of SystemTap's precedence table. */
final class ExpressionPrinter {
    private static final int ASSIGNMENT = 1;
    private static final int CONDITIONAL = 2;
    private static final int OR = 3;
    private static final int MEMBERSHIP = 8;
    private static final int COMPARISON = 9;
    private static final int SIGN = 14;
    private static final int STEP = 15;
    private static final int OPERAND = 16;

    private ExpressionPrinter() {}

    static String print(ExpressionNode expression) {
        return print(expression, ASSIGNMENT);
    }

    /** Where only a literal may stand, a number has a sign; elsewhere it has none. */
    static String literal(ExpressionNode expression) {
        return expression instanceof ExpressionNode.NumberLiteral number
                ? String.valueOf(number.value())
                : print(expression);
    }

    static String keyPatterns(List<KeyNode> keys) {
        return keys.stream()
                .map(key -> switch (key) {
                    case KeyNode.Exact(var value) -> print(value);
                    case KeyNode.Any any -> "*";
                })
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** In parentheses when it binds looser than its place allows. */
    private static String print(ExpressionNode expression, int loosest) {
        String text = bare(expression);
        return level(expression) < loosest ? "(" + text + ")" : text;
    }

    private static int level(ExpressionNode expression) {
        return switch (expression) {
            case ExpressionNode.Assign assign -> ASSIGNMENT;
            case ExpressionNode.Conditional conditional -> CONDITIONAL;
            case ExpressionNode.Contains contains -> MEMBERSHIP;
            case ExpressionNode.RegexMatch match -> COMPARISON;
            case ExpressionNode.Binary binary -> binary.operator().level();
            case ExpressionNode.Unary unary -> SIGN;
            case ExpressionNode.AddressOf address -> SIGN;
            case ExpressionNode.Step step -> STEP;
            case ExpressionNode.NumberLiteral number -> OPERAND;
            case ExpressionNode.StringLiteral string -> OPERAND;
            case ExpressionNode.Variable variable -> OPERAND;
            case ExpressionNode.Element element -> OPERAND;
            case ExpressionNode.Call call -> OPERAND;
            case ExpressionNode.Print call -> OPERAND;
            case ExpressionNode.TargetVariable variable -> OPERAND;
            case ExpressionNode.Access access -> OPERAND;
            case ExpressionNode.Cast cast -> OPERAND;
            case ExpressionNode.GlobalVariable variable -> OPERAND;
            case ExpressionNode.Defined defined -> OPERAND;
            case ExpressionNode.Entry entry -> OPERAND;
            case ExpressionNode.AtOperation operation -> OPERAND;
            case ExpressionNode.Extract extract -> OPERAND;
            case ExpressionNode.Histogram histogram -> OPERAND;
            case ExpressionNode.Bucket bucket -> OPERAND;
        };
    }

    private static String bare(ExpressionNode expression) {
        return switch (expression) {
            case ExpressionNode.NumberLiteral number -> Long.toUnsignedString(number.value());
            case ExpressionNode.StringLiteral string -> quoted(string.bytes());
            case ExpressionNode.Variable variable -> variable.name();
            case ExpressionNode.Element(var span, var array, var keys) -> array + "[" + list(keys) + "]";
            case ExpressionNode.Call(var span, var function, var arguments) -> function + "(" + list(arguments) + ")";
            case ExpressionNode.Print call -> call(call);
            case ExpressionNode.TargetVariable variable -> variable.name();
            case ExpressionNode.Access(var span, var base, var suffixes) -> access(base, suffixes);
            case ExpressionNode.AddressOf(var span, var operand) -> "&" + print(operand, OPERAND);
            case ExpressionNode.Cast(var span, var operand, var type, var module) ->
                "@cast(" + print(operand) + ", " + bare(type) + optional(module) + ")";
            case ExpressionNode.GlobalVariable(var span, var name, var module) ->
                "@var(" + bare(name) + optional(module) + ")";
            case ExpressionNode.Defined(var span, var operand) -> "@defined(" + print(operand) + ")";
            case ExpressionNode.Entry(var span, var operand) -> "@entry(" + print(operand) + ")";
            case ExpressionNode.AtOperation(var span, var operator, var arguments) ->
                operator.symbol() + "(" + list(arguments) + ")";
            case ExpressionNode.Extract(var span, var operator, var statistic, var shift) ->
                operator.symbol() + "(" + print(statistic) + optional(shift) + ")";
            case ExpressionNode.Histogram histogram -> histogram(histogram);
            case ExpressionNode.Bucket(var span, var histogram, var index) ->
                histogram(histogram) + "[" + print(index) + "]";
            case ExpressionNode.Unary(var span, var operator, var operand) -> sign(operator, operand);
            case ExpressionNode.Step step -> step(step);
            case ExpressionNode.Binary binary -> chain(binary);
            case ExpressionNode.RegexMatch match -> chain(match);
            case ExpressionNode.Contains(var span, var keys, var array) -> contained(keys) + " in " + array;
            case ExpressionNode.Conditional(var span, var condition, var then, var otherwise) ->
                print(condition, OR) + " ? " + print(then) + " : " + print(otherwise, CONDITIONAL);
            case ExpressionNode.Assign(var span, var operator, var target, var value) ->
                print(target, CONDITIONAL) + " " + operator.symbol() + " " + print(value);
        };
    }

    /** A chain of operators is as deep as it is long: its left side is walked down, not called down. */
    private static String chain(ExpressionNode last) {
        var links = new ArrayDeque<ExpressionNode>();
        ExpressionNode left = last;
        int loosest = ASSIGNMENT;
        while (true) {
            boolean open = level(left) >= loosest;
            if (open && left instanceof ExpressionNode.Binary binary) {
                links.push(left);
                loosest = binary.operator().level();
                left = binary.left();
            } else if (open && left instanceof ExpressionNode.RegexMatch match) {
                links.push(left);
                loosest = COMPARISON;
                left = match.text();
            } else {
                break;
            }
        }
        var out = new StringBuilder(print(left, loosest));
        for (ExpressionNode link : links) {
            if (link instanceof ExpressionNode.Binary(var _, var operator, var _, var right)) {
                out.append(' ').append(operator.symbol()).append(' ').append(print(right, operator.level() + 1));
            } else if (link instanceof ExpressionNode.RegexMatch(var _, var _, var pattern, boolean negated)) {
                out.append(negated ? " !~ " : " =~ ").append(bare(pattern));
            }
        }
        return out.toString();
    }

    private static String list(List<ExpressionNode> expressions) {
        return expressions.stream().map(ExpressionPrinter::print).collect(Collectors.joining(", "));
    }

    private static String optional(@Nullable ExpressionNode argument) {
        return argument == null ? "" : ", " + print(argument);
    }

    private static String call(ExpressionNode.Print call) {
        var text = call.text();
        String first = text == null ? "" : bare(text) + (call.arguments().isEmpty() ? "" : ", ");
        return call.function().symbol() + "(" + first + list(call.arguments()) + ")";
    }

    private static String contained(List<KeyNode> keys) {
        return keys.size() == 1 && keys.getFirst() instanceof KeyNode.Exact(var value)
                ? print(value, COMPARISON)
                : keyPatterns(keys);
    }

    private static String access(ExpressionNode base, List<Suffix> suffixes) {
        boolean member = suffixes.getFirst() instanceof Suffix.Member && !(base instanceof ExpressionNode.Access);
        boolean open = member
                || base instanceof ExpressionNode.TargetVariable
                || base instanceof ExpressionNode.Call
                || base instanceof ExpressionNode.Cast
                || base instanceof ExpressionNode.GlobalVariable;
        // Behind anything else a subscript or a mark would read as something else.
        var out = new StringBuilder(open ? print(base, OPERAND) : "(" + bare(base) + ")");
        for (Suffix suffix : suffixes) {
            out.append(
                    switch (suffix) {
                        case Suffix.Member(var span, var name) -> "->" + name;
                        case Suffix.Subscript(var span, var index) -> "[" + print(index) + "]";
                        case Suffix.Pretty(var span, boolean deep) -> deep ? "$$" : "$";
                    });
        }
        return out.toString();
    }

    private static String histogram(ExpressionNode.Histogram histogram) {
        var scale = histogram.linear();
        String statistic = print(histogram.statistic());
        return scale == null
                ? "@hist_log(" + statistic + ")"
                : "@hist_linear(" + statistic + ", " + literal(scale.low()) + ", " + literal(scale.high()) + ", "
                        + literal(scale.width()) + ")";
    }

    /** Two signs in a row would read as one operator. */
    private static String sign(UnaryOperator operator, ExpressionNode operand) {
        boolean crowded = operand instanceof ExpressionNode.Unary
                || operand instanceof ExpressionNode.Step
                || operand instanceof ExpressionNode.AddressOf;
        return operator.symbol() + (crowded ? "(" + bare(operand) + ")" : print(operand, SIGN));
    }

    private static String step(ExpressionNode.Step step) {
        String symbol = step.increment() ? "++" : "--";
        String target = print(step.target(), OPERAND);
        return step.prefix() ? symbol + target : target + symbol;
    }

    static String quoted(String bytes) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < bytes.length(); i++) {
            char each = bytes.charAt(i);
            switch (each) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean printable = each >= 0x20 && each < 0x7f;
                    out.append(printable ? String.valueOf(each) : String.format(Locale.ROOT, "\\%03o", (int) each));
                }
            }
        }
        return out.append('"').toString();
    }
}
