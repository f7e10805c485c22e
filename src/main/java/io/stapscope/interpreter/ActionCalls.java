package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Statement;
import io.stapscope.interpreter.Code.Flow;
import java.util.concurrent.ThreadLocalRandom;

/** Library functions with an effect or a state. */
final class ActionCalls {
    private ActionCalls() {}

    static Code.Step step(Statement.Act act, ArgumentList arguments) {
        var result = act.result();
        return switch (act.function()) {
            case ABORT ->
                frame -> {
                    frame.hit.exit = true;
                    throw new Abortion();
                };
            case TOKENIZE ->
                frame -> {
                    var values = arguments.evaluate(frame);
                    var token = frame.hit.library.tokens.next(values.texts()[0], values.texts()[1]);
                    if (result != null) {
                        frame.set(result, token);
                    }
                    return Flow.ON;
                };
            case RANDINT ->
                frame -> {
                    long bound = arguments.evaluate(frame).numbers()[0];
                    if (result != null) {
                        frame.set(
                                result,
                                bound <= 0 ? 0L : ThreadLocalRandom.current().nextLong(bound));
                    }
                    return Flow.ON;
                };
            case SYSTEM ->
                frame -> {
                    var values = arguments.evaluate(frame);
                    frame.hit.flush();
                    frame.hit.console().system(values.texts()[0]);
                    return Flow.ON;
                };
            case PRINTK ->
                frame -> {
                    var values = arguments.evaluate(frame);
                    frame.hit.console().kernelLog(values.numbers()[0], values.texts()[1]);
                    return Flow.ON;
                };
            case RAISE ->
                frame -> {
                    var values = arguments.evaluate(frame).numbers();
                    frame.hit.console().signal(values[0], values[1], values[2]);
                    return Flow.ON;
                };
        };
    }
}
