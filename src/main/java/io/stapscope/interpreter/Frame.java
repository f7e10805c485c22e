package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.type.Type;
import java.util.Arrays;
import java.util.List;

/** The locals of one activation of a handler or function, by {@link Local#index()}, and what a function returns. */
final class Frame {
    final Hit hit;
    final long[] numbers;
    final String[] texts;
    long returnedNumber;
    String returnedText = "";

    Frame(Hit hit, Shape shape) {
        this.hit = hit;
        this.numbers = new long[shape.numbers];
        this.texts = new String[shape.texts];
        Arrays.fill(texts, "");
    }

    void set(Local local, Object value) {
        if (value instanceof String text) {
            texts[local.index()] = text;
        } else {
            numbers[local.index()] = (Long) value;
        }
    }

    /** How much room the locals need: up to the last of each type. */
    record Shape(int numbers, int texts) {
        static Shape of(List<Local> locals) {
            return new Shape(room(locals, Type.LONG), room(locals, Type.STRING));
        }

        private static int room(List<Local> locals, Type type) {
            return locals.stream()
                            .filter(local -> local.type() == type)
                            .mapToInt(Local::index)
                            .max()
                            .orElse(-1)
                    + 1;
        }
    }
}
