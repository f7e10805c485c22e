package io.stapscope.codegen;

import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Expression.UnaryOperator;
import io.stapscope.compiler.type.Type;

/** Turns truth into jumps. */
final class Conditions {
    private final Emitter emitter;

    Conditions(Emitter emitter) {
        this.emitter = emitter;
    }

    /** {@code R0 = 1 or 0}. */
    void evaluate(Expression expression) {
        var isFalse = emitter.label("false");
        var end = emitter.label("truth");
        jumpUnless(expression, isFalse);
        emitter.code.move(Register.R0, 1);
        emitter.code.jump(end);
        emitter.code.place(isFalse);
        emitter.code.move(Register.R0, 0);
        emitter.code.place(end);
    }

    void jumpUnless(Expression condition, Label target) {
        jump(condition, false, target);
    }

    void jumpIf(Expression condition, Label target) {
        jump(condition, true, target);
    }

    private void jump(Expression condition, boolean when, Label target) {
        emitter.origin(condition.span());
        switch (condition) {
            case Expression.And and -> both(and.left(), and.right(), when, target);
            case Expression.Or or -> either(or.left(), or.right(), when, target);
            case Expression.Unary unary
            when unary.operator() == UnaryOperator.NOT -> jump(unary.operand(), !when, target);
            case Expression.Compare compare -> compare(compare, when, target);
            case Expression.LongLiteral literal -> {
                if ((literal.value() != 0) == when) {
                    emitter.code.jump(target);
                }
            }
            default -> {
                emitter.longs.evaluate(condition);
                emitter.code.jump(when ? Condition.NOT_EQUAL : Condition.EQUAL, Register.R0, 0, target);
            }
        }
    }

    private void both(Expression left, Expression right, boolean when, Label target) {
        if (!when) {
            jump(left, false, target);
            jump(right, false, target);
            return;
        }
        var end = emitter.label("end of &&");
        jump(left, false, end);
        jump(right, true, target);
        emitter.code.place(end);
    }

    private void either(Expression left, Expression right, boolean when, Label target) {
        if (when) {
            jump(left, true, target);
            jump(right, true, target);
            return;
        }
        var end = emitter.label("end of ||");
        jump(left, true, end);
        jump(right, false, target);
        emitter.code.place(end);
    }

    private void compare(Expression.Compare compare, boolean when, Label target) {
        var condition = condition(when ? compare.relation() : opposite(compare.relation()));
        if (compare.left().type() == Type.STRING) {
            emitter.strings.compare(compare, condition, target);
            return;
        }
        if (compare.right() instanceof Expression.LongLiteral literal && literal.value() == (int) literal.value()) {
            emitter.longs.evaluate(compare.left());
            emitter.origin(compare.span());
            emitter.code.jump(condition, Register.R0, (int) literal.value(), target);
            return;
        }
        emitter.longs.evaluatePair(compare.left(), compare.right());
        emitter.origin(compare.span());
        emitter.code.jump(condition, Register.R0, Register.R1, target);
    }

    private static Relation opposite(Relation relation) {
        return switch (relation) {
            case EQUAL -> Relation.NOT_EQUAL;
            case NOT_EQUAL -> Relation.EQUAL;
            case LESS -> Relation.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Relation.GREATER;
            case GREATER -> Relation.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Relation.LESS;
        };
    }

    private static Condition condition(Relation relation) {
        return switch (relation) {
            case EQUAL -> Condition.EQUAL;
            case NOT_EQUAL -> Condition.NOT_EQUAL;
            case LESS -> Condition.LESS;
            case LESS_OR_EQUAL -> Condition.LESS_OR_EQUAL;
            case GREATER -> Condition.GREATER;
            case GREATER_OR_EQUAL -> Condition.GREATER_OR_EQUAL;
        };
    }
}
