package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.type.Type;
import org.jspecify.annotations.Nullable;

/** A function of the script. It exists before its body is compiled, so that the body may call it. */
final class Routine {
    private final Function function;
    private final Frame.Shape shape;
    private Code.@Nullable Step body;

    Routine(Function function) {
        this.function = function;
        this.shape = Frame.Shape.of(function.locals());
    }

    void compile(StatementCompiler statements) {
        body = statements.block(function.body());
    }

    String name() {
        return function.name();
    }

    Frame.Shape shape() {
        return shape;
    }

    Code.Step body() {
        if (body == null) {
            throw new IllegalStateException(name() + " is called while it is compiled");
        }
        return body;
    }

    /** Sets the parameters, which are the first locals. */
    void pass(ArgumentList.Values values, Frame callee) {
        for (int i = 0; i < function.parameters(); i++) {
            var parameter = function.locals().get(i);
            if (parameter.type() == Type.STRING) {
                callee.texts[parameter.index()] = values.texts()[i];
            } else {
                callee.numbers[parameter.index()] = values.numbers()[i];
            }
        }
    }
}
