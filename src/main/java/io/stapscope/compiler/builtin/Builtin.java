package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.ActionFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.stream.Collectors;

/** One built-in function of one number of parameters. */
public sealed interface Builtin {
    String name();

    List<Type> parameters();

    /** LONG, STRING, or NONE for one that is called for its effect. */
    Type result();

    /** One sentence for people. */
    String documentation();

    /** {@code substr:string (string, long, long)}. */
    default String signature() {
        var types = parameters().stream().map(Type::word).collect(Collectors.joining(", "));
        return name() + (result() == Type.NONE ? "" : ":" + result().word()) + " (" + types + ")";
    }

    /** A function without effects. */
    record Value(
            String name,
            List<Type> parameters,
            Type result,
            boolean readsUserMemory,
            String documentation,
            ValueCode code)
            implements Builtin {
        static Value of(String name, List<Type> parameters, Type result, String documentation, ValueCode code) {
            return new Value(name, parameters, result, false, documentation, code);
        }
    }

    /** A function called for its effect. */
    record Action(String name, List<Type> parameters, String documentation, ActionCode code) implements Builtin {
        @Override
        public Type result() {
            return Type.NONE;
        }
    }

    /**
     * {@code pp()}: a text that differs from probe point to probe point and is known when the script is compiled.
     *
     * @param part what it takes of the text
     */
    record ProbePointText(String name, String documentation, Part part) implements Builtin {
        /** Part of the text of a probe point. */
        public enum Part {
            WHOLE,
            FUNCTION,
            /** As the script names it, an alias for instance; in a function the whole text. */
            NAME
        }

        @Override
        public List<Type> parameters() {
            return List.of();
        }

        @Override
        public Type result() {
            return Type.STRING;
        }
    }

    /**
     * A function of a variable that some probe points offer: {@code returnval()}.
     *
     * @param variable with its dollar sign; the code gets its value after the arguments
     */
    record OfVariable(
            String name, List<Type> parameters, Type result, String variable, String documentation, ValueCode code)
            implements Builtin {}

    /**
     * {@code int_arg(n)}: an argument of what is probed by its position, as a number of some size.
     *
     * @param bytes of the number: 4 or 8
     * @param signed whether 4 bytes are extended by their sign
     */
    record OfArguments(String name, int bytes, boolean signed, String documentation) implements Builtin {
        /** The variable that a point with arguments offers. */
        public static final String FIRST = "$arg1";

        @Override
        public List<Type> parameters() {
            return List.of(Type.LONG);
        }

        @Override
        public Type result() {
            return Type.LONG;
        }

        /**
         * @param position from 1; outside 0 is given
         * @param arguments all there are
         */
        public Expression pick(Span span, Expression position, List<Expression> arguments) {
            Expression picked = new Expression.LongLiteral(span, 0);
            for (int i = arguments.size(); i > 0; i--) {
                var here = new Expression.Compare(
                        span, Expression.Relation.EQUAL, position, new Expression.LongLiteral(span, i));
                picked = position instanceof Expression.LongLiteral(var unused, var number)
                        ? (number == i ? arguments.get(i - 1) : picked)
                        : new Expression.Conditional(span, here, arguments.get(i - 1), picked);
            }
            return bytes == Long.BYTES ? picked : narrowed(span, picked);
        }

        private Expression narrowed(Span span, Expression value) {
            var half = new Expression.LongLiteral(span, 32);
            var up = new Expression.Binary(span, Expression.BinaryOperator.SHIFT_LEFT, value, half);
            return new Expression.Binary(
                    span,
                    signed ? Expression.BinaryOperator.SHIFT_RIGHT : Expression.BinaryOperator.SHIFT_RIGHT_UNSIGNED,
                    up,
                    half);
        }
    }

    /** A function with a state that gives a value. */
    record Stateful(ActionFunction function) implements Builtin {
        @Override
        public String name() {
            return function.word();
        }

        @Override
        public List<Type> parameters() {
            return function.parameters();
        }

        @Override
        public Type result() {
            return function.result();
        }

        @Override
        public String documentation() {
            return function.documentation();
        }
    }

    /** The IR of a call whose arguments have the right number and types. */
    @FunctionalInterface
    interface ValueCode {
        Expression build(Span span, List<Expression> arguments);
    }

    /** The IR of a call whose arguments have the right number and types. */
    @FunctionalInterface
    interface ActionCode {
        Statement build(Span span, List<Expression> arguments);
    }
}
