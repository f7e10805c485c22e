package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Binary;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.type.Type;

/** Computes numbers into R0. */
final class Longs {
    private final Emitter emitter;

    Longs(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Whether {@link #loadSimple} can give it: it cannot fail and needs no register but its own. */
    boolean isSimple(Expression expression) {
        return switch (expression) {
            case Expression.LongLiteral unused -> true;
            case Expression.ReadLocal unused -> true;
            case Expression.Argument unused -> true;
            case Expression.TraceArgument unused -> true;
            case Expression.Register unused -> true;
            case Expression.Entry unused -> true;
            case Expression.Context context -> emitter.task.isSimple(context.value());
            case Expression.ReadGlobal read -> !read.global().isArray();
            default -> false;
        };
    }

    /** {@code to = simple expression}; changes no other register. */
    void loadSimple(Register to, Expression expression) {
        var code = emitter.code;
        switch (expression) {
            case Expression.LongLiteral literal -> code.move(to, literal.value());
            case Expression.ReadLocal read -> emitter.scopes.load(to, read.local());
            case Expression.Argument argument -> emitter.task.loadArgument(to, argument.number());
            case Expression.TraceArgument argument ->
                code.load(Width.DOUBLE, to, Emitter.CONTEXT, 8 * argument.index());
            case Expression.Register register -> emitter.codeValues.loadRegister(to, register);
            case Expression.Entry entry -> emitter.load(to, emitter.statements.entry(entry.slot()));
            case Expression.Context context -> emitter.task.loadSimple(to, context.value());
            case Expression.ReadGlobal read -> {
                int offset = emitter.layouts.globals().offset(read.global().id());
                code.loadMapValue(to, MapNames.GLOBALS, offset);
                code.load(Width.DOUBLE, to, to, 0);
            }
            default -> throw new IllegalArgumentException("not simple: " + expression);
        }
    }

    /** {@code R0 = expression}; changes R1 to R5. */
    void evaluate(Expression expression) {
        emitter.origin(expression.span());
        if (isSimple(expression)) {
            loadSimple(Register.R0, expression);
            return;
        }
        switch (expression) {
            case Expression.Context context -> {
                switch (context.value()) {
                    case TIME_NANOS -> emitter.task.loadTime();
                    case USER_ADDRESS -> emitter.task.loadUserAddress();
                    case ADDRESS -> emitter.codeValues.loadAddress();
                    case SITE -> emitter.codeValues.loadSite();
                    case RELOCATION -> emitter.codeValues.loadRelocation();
                    case EXECNAME, PID, TID, PPID, UID, GID, CPU, TARGET, SYSCALL, RETURN, TASK, USER_MODE, INPUT ->
                        throw new IllegalArgumentException("no number: " + context.value());
                }
            }
            case Expression.Unary unary -> evaluateUnary(unary);
            case Binary binary -> evaluateBinary(binary);
            case Expression.Compare unused -> emitter.conditions.evaluate(expression);
            case Expression.And unused -> emitter.conditions.evaluate(expression);
            case Expression.Or unused -> emitter.conditions.evaluate(expression);
            case Expression.Conditional conditional -> evaluateConditional(conditional);
            case Expression.ReadGlobal read -> emitter.arrays.read(read);
            case Expression.Contains contains -> emitter.arrays.contains(contains);
            case Expression.Builtin builtin -> {
                var operand = builtin.arguments().getFirst();
                switch (builtin.function()) {
                    case STRLEN -> emitter.strings.length(operand);
                    case IN_TARGET_SET -> emitter.processes.inTargetSet(operand);
                    case TASK_OF -> emitter.processes.taskOf(operand);
                    case USER_REGISTER -> emitter.task.loadUserRegister(operand);
                    case SUBSTR, USER_STRING, USER_STRING_OR, SYSCALL_ARGUMENTS, SYSCALL_VARIABLE, SYSCALL_RESULT ->
                        throw notANumber(expression);
                }
            }
            case Expression.Load load -> emitter.memory.load(load);
            case Expression.TraceArgument unused -> throw notComplex(expression);
            case Expression.Register unused -> throw notComplex(expression);
            case Expression.Library library ->
                throw new UnsupportedInKernelException(
                        library.span(), library.function().word() + "()");
            case Expression.Bucket bucket ->
                throw new UnsupportedInKernelException(bucket.span(), "reading a histogram");
            case Expression.LoadString unused -> throw notANumber(expression);
            case Expression.TableText unused -> throw notANumber(expression);
            case Expression.Snapshot unused -> throw notANumber(expression);
            case Expression.Stack unused -> throw notANumber(expression);
            case Expression.Extract extract ->
                throw new UnsupportedInKernelException(extract.span(), "reading a statistic");
            case Expression.Capture capture ->
                throw new UnsupportedInKernelException(capture.span(), "reading a capture");
            case Expression.LongLiteral unused -> throw notComplex(expression);
            case Expression.ReadLocal unused -> throw notComplex(expression);
            case Expression.Argument unused -> throw notComplex(expression);
            case Expression.Entry unused -> throw notComplex(expression);
            case Expression.StringLiteral unused -> throw notANumber(expression);
            case Expression.Concatenate unused -> throw notANumber(expression);
            case Expression.Formatted unused -> throw notANumber(expression);
        }
    }

    private static IllegalStateException notComplex(Expression expression) {
        return new IllegalStateException("simple, yet not loaded as such: " + expression);
    }

    private static IllegalArgumentException notANumber(Expression expression) {
        return new IllegalArgumentException("no number: " + expression);
    }

    /** {@code R0 = 1} in a process of the target's family, else 0. */
    private void evaluateUnary(Expression.Unary unary) {
        switch (unary.operator()) {
            case NEGATE -> {
                evaluate(unary.operand());
                emitter.code.negate(Register.R0);
            }
            case COMPLEMENT -> {
                evaluate(unary.operand());
                emitter.code.arithmetic(Arithmetic.XOR, Register.R0, -1);
            }
            case NOT -> emitter.conditions.evaluate(unary);
        }
    }

    private void evaluateConditional(Expression.Conditional conditional) {
        var otherwise = emitter.label("otherwise");
        var end = emitter.label("end of ?:");
        emitter.conditions.jumpUnless(conditional.condition(), otherwise);
        evaluate(conditional.then());
        emitter.code.jump(end);
        emitter.code.place(otherwise);
        evaluate(conditional.otherwise());
        emitter.code.place(end);
    }

    /** {@code R0 = left, R1 = right}. */
    void evaluatePair(Expression left, Expression right) {
        if (left.type() != Type.LONG || right.type() != Type.LONG) {
            throw notANumber(left);
        }
        if (isSimple(right)) {
            evaluate(left);
            loadSimple(Register.R1, right);
            return;
        }
        if (isSimple(left)) {
            evaluate(right);
            emitter.code.move(Register.R1, Register.R0);
            loadSimple(Register.R0, left);
            return;
        }
        var mark = emitter.frame.mark();
        evaluate(left);
        var kept = emitter.frame.allocate(8);
        emitter.store(kept, Register.R0);
        evaluate(right);
        emitter.code.move(Register.R1, Register.R0);
        emitter.load(Register.R0, kept);
        emitter.frame.release(mark);
    }

    private void evaluateBinary(Binary binary) {
        var operation = operation(binary.operator());
        if (binary.right() instanceof Expression.LongLiteral literal && fits(binary.operator(), literal.value())) {
            evaluate(binary.left());
            emitter.origin(binary.span());
            emitter.code.arithmetic(operation, Register.R0, (int) literal.value());
            return;
        }
        evaluatePair(binary.left(), binary.right());
        emitter.origin(binary.span());
        switch (binary.operator()) {
            case DIVIDE, MODULO -> divide(binary, operation);
            case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> {
                emitter.code.arithmetic(Arithmetic.AND, Register.R1, 63);
                emitter.code.arithmetic(operation, Register.R0, Register.R1);
            }
            case ADD, SUBTRACT, MULTIPLY, AND, OR, XOR -> emitter.code.arithmetic(operation, Register.R0, Register.R1);
        }
    }

    /** Whether the operation can take this constant as it stands. */
    private static boolean fits(BinaryOperator operator, long value) {
        return switch (operator) {
            case DIVIDE, MODULO -> value > 0 && value == (int) value;
            case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> value >= 0 && value < 64;
            case ADD, SUBTRACT, MULTIPLY, AND, OR, XOR -> value == (int) value;
        };
    }

    private static Arithmetic operation(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> Arithmetic.ADD;
            case SUBTRACT -> Arithmetic.SUBTRACT;
            case MULTIPLY -> Arithmetic.MULTIPLY;
            case DIVIDE -> Arithmetic.DIVIDE;
            case MODULO -> Arithmetic.MODULO;
            case AND -> Arithmetic.AND;
            case OR -> Arithmetic.OR;
            case XOR -> Arithmetic.XOR;
            case SHIFT_LEFT -> Arithmetic.SHIFT_LEFT;
            case SHIFT_RIGHT -> Arithmetic.SHIFT_RIGHT;
            case SHIFT_RIGHT_UNSIGNED -> Arithmetic.SHIFT_RIGHT_UNSIGNED;
        };
    }

    /** Zero is a soft error; -1 is kept from the processor, which would trap on the least long. */
    private void divide(Binary binary, Arithmetic operation) {
        var code = emitter.code;
        var notZero = emitter.label("divisor is not 0");
        var divide = emitter.label("divide");
        var end = emitter.label("divided");
        code.jump(Condition.NOT_EQUAL, Register.R1, 0, notZero);
        emitter.errors.divisionByZero(binary);
        code.place(notZero);
        code.jump(Condition.NOT_EQUAL, Register.R1, -1, divide);
        if (operation == Arithmetic.DIVIDE) {
            code.negate(Register.R0);
        } else {
            code.move(Register.R0, 0);
        }
        code.jump(end);
        code.place(divide);
        code.arithmetic(operation, Register.R0, Register.R1);
        code.place(end);
    }
}
