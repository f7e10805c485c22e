package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.codegen.layout.Align;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Computes strings, NUL-terminated, into memory. Every place has room for its width rounded up to words. */
final class Strings {
    private static final int NAME_WIDTH = 16;

    private final Emitter emitter;
    private final StringWidths widths;

    Strings(Emitter emitter) {
        this.emitter = emitter;
        this.widths = new StringWidths(emitter.plan.limits(), emitter.host);
    }

    int width(Expression expression) {
        return widths.of(expression, emitter.handler());
    }

    /** {@code to = expression}, cut to {@code width - 1} bytes; changes R0 to R5. */
    void evaluate(Expression expression, Place to, int width) {
        emitter.origin(expression.span());
        switch (expression) {
            case Expression.StringLiteral literal -> literal(literal.value(), to, width);
            case Expression.Context context -> name(context, to, width);
            case Expression.ReadLocal read -> copy(emitter.scopes.place(read.local()), to, width);
            case Expression.Entry entry -> copy(emitter.statements.entry(entry.slot()), to, width);
            case Expression.ReadGlobal read -> {
                if (read.global().isArray()) {
                    emitter.arrays.readString(read, to, width);
                } else {
                    scalarAddress(Register.R3, read);
                    copyFromR3(to, width);
                }
            }
            case Expression.Conditional conditional -> conditional(conditional, to, width);
            case Expression.Concatenate concatenate -> concatenate(concatenate, to, width);
            case Expression.Builtin builtin -> builtin(builtin, to, width);
            case Expression.Formatted formatted -> emitter.formatting.evaluate(formatted, to, width);
            case Expression.LoadString load -> emitter.memory.loadString(load, to, width);
            case Expression.Stack stack -> emitter.stacks.take(stack, to);
            case Expression.TableText lookup -> emitter.tables.lookUp(lookup, to, width);
            default -> throw new UnsupportedInKernelException(expression.span(), "this string");
        }
    }

    private void scalarAddress(Register to, Expression.ReadGlobal read) {
        int offset = emitter.layouts.globals().offset(read.global().id());
        emitter.code.loadMapValue(to, MapNames.GLOBALS, offset);
    }

    /** As words; the last word ends in NUL. */
    void literal(String value, Place to, int width) {
        var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(bytes.length, width - 1);
        var words = ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOf(bytes, length), Align.toWords(length + 1)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        for (int i = 0; words.hasRemaining(); i++) {
            long word = words.get();
            if (word == (int) word) {
                emitter.store(to.at(8 * i), (int) word);
            } else {
                emitter.code.move(Register.R0, word);
                emitter.store(to.at(8 * i), Register.R0);
            }
        }
    }

    private void name(Expression.Context context, Place to, int width) {
        if (context.value() != ContextValue.EXECNAME) {
            throw new UnsupportedInKernelException(context.span(), "this value");
        }
        if (width < NAME_WIDTH) {
            var mark = emitter.frame.mark();
            var whole = emitter.frame.allocate(NAME_WIDTH);
            name(context, whole, NAME_WIDTH);
            copy(whole, to, width);
            emitter.frame.release(mark);
            return;
        }
        for (int word = 0; word < 2; word++) {
            emitter.task.loadName(Register.R0, word);
            emitter.store(to.at(8 * word), Register.R0);
        }
    }

    void copy(Place from, Place to, int width) {
        emitter.address(Register.R3, from);
        copyFromR3(to, width);
    }

    /** Copies until NUL; {@code R0 = bytes copied, with NUL}. */
    void copyFromR3(Place to, int width) {
        emitter.address(Register.R1, to);
        emitter.code.move(Register.R2, width);
        emitter.code.call(Helper.PROBE_READ_KERNEL_STR);
    }

    private void conditional(Expression.Conditional conditional, Place to, int width) {
        var otherwise = emitter.label("otherwise");
        var end = emitter.label("end of ?:");
        emitter.conditions.jumpUnless(conditional.condition(), otherwise);
        evaluate(conditional.then(), to, width);
        emitter.code.jump(end);
        emitter.code.place(otherwise);
        evaluate(conditional.otherwise(), to, width);
        emitter.code.place(end);
    }

    /** An operand where it lies, or computed into memory of its own. */
    private void operandAddress(Register to, Expression expression) {
        switch (expression) {
            case Expression.ReadLocal read -> emitter.address(to, emitter.scopes.place(read.local()));
            case Expression.ReadGlobal read when !read.global().isArray() -> scalarAddress(to, read);
            case Expression.Entry entry -> emitter.address(to, emitter.statements.entry(entry.slot()));
            default -> throw new IllegalArgumentException("not in memory: " + expression);
        }
    }

    private boolean isInMemory(Expression expression) {
        return switch (expression) {
            case Expression.ReadLocal unused -> true;
            case Expression.Entry unused -> true;
            case Expression.ReadGlobal read -> !read.global().isArray();
            default -> false;
        };
    }

    /**
     * Both parts go one behind the other into memory with room for the sum: the verifier does not see that the length
     * of the first limits the room of the second.
     */
    private void concatenate(Expression.Concatenate concatenate, Place to, int width) {
        var mark = emitter.frame.mark();
        int left = width(concatenate.left());
        int right = width(concatenate.right());
        var joined = emitter.frame.allocateScratch(left + right);
        var second = emitter.frame.allocateScratch(right);
        evaluate(concatenate.left(), joined, left);
        evaluate(concatenate.right(), second, right);
        measure(joined, left);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R0, Emitter.SCRATCH);
        emitter.code.move(Register.R1, Register.R0);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R1, joined.offset());
        emitter.code.move(Register.R2, right);
        emitter.address(Register.R3, second);
        emitter.code.call(Helper.PROBE_READ_KERNEL_STR);
        copy(joined, to, width);
        emitter.frame.release(mark);
    }

    /** {@code R0 = bytes of the string at a place, without NUL}, known to be below {@code width}. */
    void measure(Place place, int width) {
        var mark = emitter.frame.mark();
        var rest = emitter.frame.allocateScratch(width);
        copy(place, rest, width);
        emitter.frame.release(mark);
        clampLength(width);
    }

    /** Bytes with NUL, or an error, to a length that the verifier believes. */
    private void clampLength(int width) {
        var low = emitter.label("length is not negative");
        var high = emitter.label("length is in bounds");
        var code = emitter.code;
        code.arithmetic(Arithmetic.SUBTRACT, Register.R0, 1);
        code.jump(Condition.GREATER_OR_EQUAL, Register.R0, 0, low);
        code.move(Register.R0, 0);
        code.place(low);
        code.jump(Condition.BELOW_OR_EQUAL, Register.R0, width - 1, high);
        code.move(Register.R0, width - 1);
        code.place(high);
    }

    /** {@code R0 = strlen(expression)}. */
    void length(Expression expression) {
        if (expression instanceof Expression.StringLiteral literal) {
            emitter.code.move(Register.R0, literal.value().length());
            return;
        }
        var mark = emitter.frame.mark();
        int width = width(expression);
        var value = emitter.frame.allocateScratch(width);
        evaluate(expression, value, width);
        measure(value, width);
        emitter.frame.release(mark);
    }

    private void builtin(Expression.Builtin builtin, Place to, int width) {
        var arguments = builtin.arguments();
        switch (builtin.function()) {
            case SUBSTR -> substring(arguments.get(0), arguments.get(1), arguments.get(2), to, width);
            case USER_STRING -> {
                var read = emitter.label("string was read");
                emitter.longs.evaluate(arguments.getFirst());
                var kept = userString(to, width, read);
                emitter.load(Register.R0, kept);
                emitter.errors.readFault(builtin.span());
                emitter.code.place(read);
            }
            case USER_STRING_OR -> userStringOr(arguments.get(0), arguments.get(1), to, width);
            case SYSCALL_ARGUMENTS, SYSCALL_VARIABLE, SYSCALL_RESULT ->
                throw new UnsupportedInKernelException(
                        builtin.span(), builtin.function().word());
            case STRLEN, IN_TARGET_SET, TASK_OF, USER_REGISTER ->
                throw new IllegalArgumentException("no string: " + builtin.function());
        }
    }

    private void userStringOr(Expression address, Expression other, Place to, int width) {
        var mark = emitter.frame.mark();
        var read = emitter.label("string was read");
        var end = emitter.label("string or other");
        // A failed read clears its place, which the other text may still need: s = user_string(p, s).
        boolean aside = !(other instanceof Expression.StringLiteral);
        var place = aside ? emitter.frame.allocateScratch(width) : to;
        emitter.longs.evaluate(address);
        userString(place, width, read);
        evaluate(other, to, width);
        emitter.code.jump(end);
        emitter.code.place(read);
        if (aside) {
            copy(place, to, width);
        }
        emitter.code.place(end);
        emitter.frame.release(mark);
    }

    /** Reads at the address in R0 and goes to {@code read}, or falls through; gives where the address was kept. */
    private Place userString(Place to, int width, Label read) {
        var mark = emitter.frame.mark();
        var kept = emitter.frame.allocate(8);
        emitter.store(kept, Register.R0);
        emitter.code.move(Register.R3, Register.R0);
        emitter.address(Register.R1, to);
        emitter.code.move(Register.R2, width);
        emitter.code.call(Helper.PROBE_READ_USER_STR);
        emitter.code.jump(Condition.GREATER_OR_EQUAL, Register.R0, 0, read);
        emitter.count(Counter.READ_FAULTS);
        emitter.frame.release(mark);
        return kept;
    }

    /** {@code substr(s, start, length)}: "" when start lies outside or length is not positive. */
    private void substring(Expression string, Expression start, Expression length, Place to, int width) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        int whole = width(string);
        // Start and whole length are both below the width, so room for twice as much keeps every sum inside.
        var value = emitter.frame.allocateScratch(2 * whole);
        var from = emitter.frame.allocate(8);
        var count = emitter.frame.allocate(8);
        var end = emitter.label("end of substr");
        evaluate(string, value, whole);
        emitter.longs.evaluate(start);
        emitter.store(from, Register.R0);
        emitter.longs.evaluate(length);
        emitter.store(count, Register.R0);
        emitter.store(to, 0);
        measure(value, whole);
        emitter.load(Register.R3, from);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R3, Register.R0, end);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R3, whole, end);
        emitter.load(Register.R2, count);
        code.jump(Condition.LESS_OR_EQUAL, Register.R2, 0, end);
        var bounded = emitter.label("length is in bounds");
        code.jump(Condition.BELOW_OR_EQUAL, Register.R2, width - 1, bounded);
        code.move(Register.R2, width - 1);
        code.place(bounded);
        // With the NUL that the copy adds.
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
        code.arithmetic(Arithmetic.ADD, Register.R3, Emitter.SCRATCH);
        code.arithmetic(Arithmetic.ADD, Register.R3, value.offset());
        emitter.address(Register.R1, to);
        code.call(Helper.PROBE_READ_KERNEL_STR);
        code.place(end);
        emitter.frame.release(mark);
    }

    /** Jumps when the comparison holds. */
    void compare(Expression.Compare compare, Condition condition, Label target) {
        boolean equality = condition == Condition.EQUAL || condition == Condition.NOT_EQUAL;
        if (equality
                && compare.left() instanceof Expression.Context context
                && compare.right() instanceof Expression.StringLiteral literal) {
            compareName(context, literal.value(), condition, target);
            return;
        }
        if (!emitter.host.types().hasFunction("bpf_strcmp")) {
            throw new UnsupportedInKernelException(compare.span(), "comparing strings before Linux 6.17");
        }
        var mark = emitter.frame.mark();
        var left = operand(compare.left());
        var right = operand(compare.right());
        operandTo(Register.R1, compare.left(), left);
        operandTo(Register.R2, compare.right(), right);
        emitter.origin(compare.span());
        emitter.code.call("bpf_strcmp");
        // An int: its upper half is not promised.
        emitter.code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R0, 32);
        emitter.code.arithmetic(Arithmetic.SHIFT_RIGHT, Register.R0, 32);
        emitter.code.jump(condition, Register.R0, 0, target);
        emitter.frame.release(mark);
    }

    private Place.Direct operand(Expression expression) {
        if (isInMemory(expression)) {
            return new Place.Direct(Emitter.FRAME, 0);
        }
        int width = width(expression);
        var place = emitter.frame.allocateScratch(width);
        evaluate(expression, place, width);
        return place;
    }

    private void operandTo(Register to, Expression expression, Place.Direct computed) {
        if (isInMemory(expression)) {
            operandAddress(to, expression);
        } else {
            emitter.address(to, computed);
        }
    }

    /** The kernel pads names with NUL, so two words decide. */
    private void compareName(Expression.Context context, String literal, Condition condition, Label target) {
        if (context.value() != ContextValue.EXECNAME) {
            throw new UnsupportedInKernelException(context.span(), "this value");
        }
        var end = emitter.label("names differ");
        var differ = condition == Condition.NOT_EQUAL ? target : end;
        if (literal.length() >= NAME_WIDTH) {
            if (condition == Condition.NOT_EQUAL) {
                emitter.code.jump(target);
            }
            return;
        }
        var words = ByteBuffer.wrap(Arrays.copyOf(literal.getBytes(StandardCharsets.ISO_8859_1), NAME_WIDTH))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        for (int word = 0; word < 2; word++) {
            emitter.task.loadName(Register.R0, word);
            emitter.code.move(Register.R1, words.get(word));
            emitter.code.jump(Condition.NOT_EQUAL, Register.R0, Register.R1, differ);
        }
        if (condition == Condition.EQUAL) {
            emitter.code.jump(target);
        }
        emitter.code.place(end);
    }

    /** Fills words with zeros, so that keys compare by all their bytes. */
    void clear(Place place, int bytes) {
        for (int offset = 0; offset < bytes; offset += 8) {
            emitter.store(place.at(offset), 0);
        }
    }
}
