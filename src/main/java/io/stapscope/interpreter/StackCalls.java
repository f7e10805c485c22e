package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.LibraryFunction;
import io.stapscope.interpreter.library.StackText;

/** Library functions about stacks and addresses. */
final class StackCalls {
    private StackCalls() {}

    static Code.Number number(Expression.Library call, ArgumentList arguments, SessionFacts facts) {
        var text = new StackText(facts.symbols());
        return frame -> {
            var values = arguments.evaluate(frame);
            var all = text.addresses(values.texts()[0], values.numbers()[1]);
            long wanted = values.numbers()[2];
            return wanted >= 0 && wanted < all.size() ? all.get((int) wanted) : 0;
        };
    }

    static Code.Text text(Expression.Library call, ArgumentList arguments, SessionFacts facts, int maxStringLength) {
        var stack = new StackText(facts.symbols());
        return frame -> {
            var values = arguments.evaluate(frame);
            var whole = text(call.function(), stack, values.texts(), values.numbers(), maxStringLength - 1);
            if (call.function() == LibraryFunction.STACK_ADDRESSES) {
                facts.stacks().note(whole, values.numbers()[1]);
            }
            boolean isPrinted = call.function() == LibraryFunction.STACK_LINES
                    || call.function() == LibraryFunction.STACK_BRIEF
                    || call.function() == LibraryFunction.ADDRESS_LINES;
            return isPrinted || whole.length() < maxStringLength ? whole : whole.substring(0, maxStringLength - 1);
        };
    }

    private static String text(LibraryFunction function, StackText stack, String[] texts, long[] numbers, int most) {
        return switch (function) {
            case STACK_ADDRESSES -> {
                var all = stack.addresses(texts[0], numbers[1]);
                long frames = Math.max(0, Math.min(all.size(), numbers[2]));
                yield StackText.join(all.subList(0, (int) frames), most);
            }
            case STACK_LINES, STACK_TEXT -> stack.lines(stack.addresses(texts[0], numbers[1]), numbers[1]);
            case STACK_BRIEF -> stack.brief(stack.addresses(texts[0], numbers[1]), numbers[1]);
            case STACK_CALLER -> {
                var all = stack.addresses(texts[0], numbers[1]);
                yield all.size() < 2 ? "" : stack.name(all.get(1), numbers[1]) + " " + StackText.hex(all.get(1));
            }
            case ADDRESS_LINES, ADDRESS_TEXT -> stack.lines(StackText.parse(texts[0]), numbers[1]);
            case ADDRESS_NAME -> stack.name(numbers[0], numbers[1]);
            case ADDRESS_DATA -> stack.data(numbers[0], numbers[1]);
            case ADDRESS_MODULE -> stack.module(numbers[0], numbers[1]);
            case LibraryFunction other -> throw new IllegalArgumentException(other.word() + " is of no stack");
        };
    }
}
