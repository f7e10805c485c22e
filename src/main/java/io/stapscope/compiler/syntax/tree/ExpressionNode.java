package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a value. Parentheses leave no node: the shape of the tree says them. */
public sealed interface ExpressionNode {
    Span span();

    record NumberLiteral(Span span, long value) implements ExpressionNode {}

    /**
     * A string, adjacent pieces glued, escapes replaced.
     *
     * @param bytes one char of 0..255 for each byte: characters of the script as UTF-8, {@code \xHH} as the byte it names
     */
    record StringLiteral(Span span, String bytes) implements ExpressionNode {
        /** The bytes read as UTF-8, for names of files and for messages. */
        public String text() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    /** A local or a global without an index. */
    record Variable(Span span, String name) implements ExpressionNode {
        public Name word() {
            return new Name(span, name);
        }
    }

    /** {@code name[keys]}: an element of a global array. */
    record Element(Span span, Name array, List<ExpressionNode> keys) implements ExpressionNode {
        public Element {
            keys = List.copyOf(keys);
        }
    }

    /** {@code name(arguments)}; the print functions are {@link Print}. */
    record Call(Span span, Name function, List<ExpressionNode> arguments) implements ExpressionNode {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A call of a print function.
     *
     * @param name where the name stands
     * @param text the format or the delimiter with its directives untouched; null for those that have none
     * @param arguments the values, without that text; a lone {@link Histogram} is allowed in {@code print} and its kin
     */
    record Print(
            Span span,
            Span name,
            PrintFunction function,
            @Nullable StringLiteral text,
            List<ExpressionNode> arguments) implements ExpressionNode {
        public Print {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A context variable: {@code $fd}, {@code $$parms}.
     *
     * @param name with its dollar signs in front
     */
    record TargetVariable(Span span, String name) implements ExpressionNode {}

    /** {@code base->member[index]$}: reads through a pointer that the probed code holds. */
    record Access(Span span, ExpressionNode base, List<Suffix> suffixes) implements ExpressionNode {
        public Access {
            suffixes = List.copyOf(suffixes);
        }
    }

    /** One step of an {@link Access}. */
    sealed interface Suffix {
        Span span();

        /** {@code ->name}. */
        record Member(Span span, Name name) implements Suffix {}

        /** {@code [index]}. */
        record Subscript(Span span, ExpressionNode index) implements Suffix {}

        /** {@code $}, or {@code $$} for all levels: the value as a text; only at the end. */
        record Pretty(Span span, boolean deep) implements Suffix {}
    }

    /** {@code &operand}. */
    record AddressOf(Span span, ExpressionNode operand) implements ExpressionNode {}

    /** {@code @cast(operand, "type", "module")}. */
    record Cast(
            Span span,
            ExpressionNode operand,
            StringLiteral type,
            @Nullable StringLiteral module) implements ExpressionNode {}

    /** {@code @var("name@unit", "module")}. */
    record GlobalVariable(
            Span span, StringLiteral name, @Nullable StringLiteral module) implements ExpressionNode {}

    /** {@code @defined(operand)}. */
    record Defined(Span span, ExpressionNode operand) implements ExpressionNode {}

    /** {@code @entry(operand)}. */
    record Entry(Span span, ExpressionNode operand) implements ExpressionNode {}

    /** The rarer operators, by their name; the parser has checked how many arguments there are. */
    record AtOperation(Span span, AtOperator operator, List<ExpressionNode> arguments) implements ExpressionNode {
        public AtOperation {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * {@code @count(statistic)} and its kin.
     *
     * @param statistic a {@link Variable} or {@link Element}
     * @param shift the second argument of {@code @variance}
     */
    record Extract(
            Span span,
            StatisticOperator operator,
            ExpressionNode statistic,
            @Nullable NumberLiteral shift) implements ExpressionNode {}

    /**
     * {@code @hist_log(statistic)} or {@code @hist_linear(statistic, low, high, width)}.
     *
     * @param linear null for {@code @hist_log}
     */
    record Histogram(
            Span span, ExpressionNode statistic, @Nullable LinearScale linear) implements ExpressionNode {}

    record LinearScale(NumberLiteral low, NumberLiteral high, NumberLiteral width) {}

    /** {@code @hist_log(statistic)[index]}: how many values fell in one bucket. */
    record Bucket(Span span, Histogram histogram, ExpressionNode index) implements ExpressionNode {}

    record Unary(Span span, UnaryOperator operator, ExpressionNode operand) implements ExpressionNode {}

    /** {@code ++x}, {@code x++}, {@code --x}, {@code x--}. */
    record Step(Span span, ExpressionNode target, boolean increment, boolean prefix) implements ExpressionNode {}

    record Binary(Span span, BinaryOperator operator, ExpressionNode left, ExpressionNode right)
            implements ExpressionNode {}

    /** {@code text =~ "pattern"} and {@code !~}. */
    record RegexMatch(Span span, ExpressionNode text, StringLiteral pattern, boolean negated)
            implements ExpressionNode {}

    /** {@code key in array} and {@code [key, *] in array}. */
    record Contains(Span span, List<KeyNode> keys, Name array) implements ExpressionNode {
        public Contains {
            keys = List.copyOf(keys);
        }
    }

    record Conditional(Span span, ExpressionNode condition, ExpressionNode then, ExpressionNode otherwise)
            implements ExpressionNode {}

    /**
     * {@code target = value}, {@code target += value}, {@code statistic <<< value}.
     *
     * @param target a {@link Variable}, {@link Element}, {@link TargetVariable}, {@link Access}, {@link Cast} or
     *     {@link GlobalVariable}
     */
    record Assign(Span span, AssignOperator operator, ExpressionNode target, ExpressionNode value)
            implements ExpressionNode {}
}
