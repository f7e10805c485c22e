package io.stapscope.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints one expression on one line, every operation in parentheses. */
final class ExpressionPrinter {
    private ExpressionPrinter() {}

    static String print(Expression expression) {
        return switch (expression) {
            case Expression.LongLiteral e -> Long.toString(e.value());
            case Expression.StringLiteral e -> quoted(e.value());
            case Expression.ReadLocal e -> e.local().name();
            case Expression.ReadGlobal e -> element(e.global(), e.keys());
            case Expression.Contains e -> "(" + element(e.global(), e.keys()) + " exists)";
            case Expression.Unary e ->
                switch (e.operator()) {
                            case NEGATE -> "-";
                            case NOT -> "!";
                            case COMPLEMENT -> "~";
                        }
                        + print(e.operand());
            case Expression.Binary e -> infix(e.left(), sign(e.operator()), e.right());
            case Expression.Compare e -> infix(e.left(), sign(e.relation()), e.right());
            case Expression.And e -> infix(e.left(), "&&", e.right());
            case Expression.Or e -> infix(e.left(), "||", e.right());
            case Expression.Conditional e ->
                "(" + print(e.condition()) + " ? " + print(e.then()) + " : " + print(e.otherwise()) + ")";
            case Expression.Concatenate e -> infix(e.left(), ".", e.right());
            case Expression.Formatted e -> "sprintf(" + format(e.format(), e.arguments()) + ")";
            case Expression.Context e -> IrPrinter.word(e.value());
            case Expression.Argument e -> "$arg" + e.number();
            case Expression.Register e -> "@register" + e.number();
            case Expression.Entry e -> "@entry" + e.slot();
            case Expression.Capture e -> "@capture" + e.slot();
            case Expression.Builtin e -> e.function().word() + "(" + list(e.arguments()) + ")";
            case Expression.Extract e ->
                "@" + IrPrinter.word(e.extractor()) + "(" + element(e.global(), e.keys())
                        + (e.shift() == 0 ? "" : ", " + e.shift()) + ")";
            case Expression.Bucket e ->
                "@hist_" + (e.linear() ? "linear" : "log") + "(" + element(e.global(), e.keys()) + ")["
                        + print(e.index()) + "]";
            case Expression.Library e -> e.function().word() + "(" + list(e.arguments()) + ")";
            case Expression.TraceArgument e -> "$trace" + e.index();
            case Expression.Load e -> load(e);
            case Expression.LoadString e -> space(e.space()) + "_string(" + list(IrWalk.operands(e)) + ")";
            case Expression.TableText e -> e.table().name() + "[" + print(e.index()) + "]";
            case Expression.Snapshot _ -> "@snapshot";
            case Expression.Stack e -> "@" + space(e.space()) + "_stack";
        };
    }

    private static String load(Expression.Load e) {
        var bits = e.bitSize() == 8 * e.size() ? "" : ":" + e.bitOffset() + "+" + e.bitSize();
        return space(e.space()) + (e.signed() ? "_s" : "_u") + 8 * e.size() + bits + "(" + list(IrWalk.operands(e))
                + ")";
    }

    private static String space(Expression.Space space) {
        return space == Expression.Space.KERNEL ? "kernel" : "user";
    }

    static String list(List<Expression> expressions) {
        return String.join(
                ", ", expressions.stream().map(ExpressionPrinter::print).toList());
    }

    static String element(Global global, List<? extends @Nullable Expression> keys) {
        if (keys.isEmpty()) {
            return global.name();
        }
        var parts = new ArrayList<String>();
        for (var key : keys) {
            parts.add(key == null ? "*" : print(key));
        }
        return global.name() + "[" + String.join(", ", parts) + "]";
    }

    /** The format as it would be written, then the arguments. */
    static String format(Format format, List<Expression> arguments) {
        var text = new StringBuilder();
        for (var piece : format.pieces()) {
            text.append(
                    switch (piece) {
                        case Format.Text t -> t.text().replace("%", "%%");
                        case Format.Directive d -> directive(d);
                    });
        }
        var all = new ArrayDeque<>(List.of(quoted(text.toString())));
        arguments.forEach(argument -> all.add(print(argument)));
        return String.join(", ", all);
    }

    private static String directive(Format.Directive d) {
        var text = new StringBuilder("%");
        if (d.flag() != '\0') {
            text.append(d.flag());
        }
        text.append(d.widthArgument() ? "*" : d.width() >= 0 ? Integer.toString(d.width()) : "");
        if (d.precisionArgument()) {
            text.append(".*");
        } else if (d.precision() >= 0) {
            text.append('.').append(d.precision());
        }
        return text.append(
                        switch (d.conversion()) {
                            case DECIMAL -> 'd';
                            case UNSIGNED -> 'u';
                            case OCTAL -> 'o';
                            case HEX -> 'x';
                            case HEX_UPPER -> 'X';
                            case POINTER -> 'p';
                            case CHARACTER -> 'c';
                            case STRING -> 's';
                            case BINARY -> 'b';
                            case MEMORY -> 'm';
                            case MEMORY_HEX -> 'M';
                        })
                .toString();
    }

    static String quoted(String value) {
        var text = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                default -> text.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : Character.toString(c));
            }
        }
        return text.append('"').toString();
    }

    private static String infix(Expression left, String operator, Expression right) {
        return "(" + print(left) + " " + operator + " " + print(right) + ")";
    }

    private static String sign(Expression.BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case MODULO -> "%";
            case AND -> "&";
            case OR -> "|";
            case XOR -> "^";
            case SHIFT_LEFT -> "<<";
            case SHIFT_RIGHT -> ">>";
            case SHIFT_RIGHT_UNSIGNED -> ">>>";
        };
    }

    private static String sign(Expression.Relation relation) {
        return switch (relation) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }
}
