package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.format.Arguments;
import io.stapscope.interpreter.format.ByteSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a format or a call, compiled; each evaluation gives their values in order. */
final class ArgumentList {
    private final Code.@Nullable Number[] numbers;
    private final Code.@Nullable Text[] texts;

    ArgumentList(List<Expression> arguments, ExpressionCompiler expressions) {
        numbers = new Code.Number[arguments.size()];
        texts = new Code.Text[arguments.size()];
        for (int i = 0; i < numbers.length; i++) {
            var argument = arguments.get(i);
            if (argument.type() == Type.STRING) {
                texts[i] = expressions.text(argument);
            } else {
                numbers[i] = expressions.number(argument);
            }
        }
    }

    Values evaluate(Frame frame) {
        var values = new Values(new long[numbers.length], new String[numbers.length]);
        for (int i = 0; i < numbers.length; i++) {
            var number = numbers[i];
            var text = texts[i];
            if (number != null) {
                values.numbers[i] = number.value(frame);
            } else if (text != null) {
                values.texts[i] = text.value(frame);
            }
        }
        return values;
    }

    /** Values by position; each is in the array of its type. */
    record Values(long[] numbers, String[] texts) implements Arguments {
        @Override
        public long number(int index) {
            return numbers[index];
        }

        @Override
        public int textLength(int index) {
            return texts[index].length();
        }

        @Override
        public void appendText(int index, int length, ByteSink out) {
            out.append(texts[index], length);
        }
    }
}
