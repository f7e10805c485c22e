package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.AggregateLayout;
import io.stapscope.compiler.ir.Global.LinearScale;
import io.stapscope.statistics.Buckets;
import org.jspecify.annotations.Nullable;

/** Adds a value to an aggregate in place. No branch depends on the size of the value: branches multiply what the verifier checks. */
final class Aggregates {
    private final Emitter emitter;

    Aggregates(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Adds R1 to the aggregate at R0; changes R2 to R5. */
    void add(AggregateLayout layout, @Nullable LinearScale scale) {
        addTotals();
        addBucket();
        if (layout.linear() > 0 && scale != null) {
            addLinear(scale);
        }
    }

    private void addTotals() {
        var code = emitter.code;
        var first = emitter.label("first value");
        var greater = emitter.label("not the least");
        var counted = emitter.label("least and greatest are right");
        code.load(Width.DOUBLE, Register.R2, Register.R0, AggregateLayout.COUNT);
        code.jump(Condition.EQUAL, Register.R2, 0, first);
        code.load(Width.DOUBLE, Register.R3, Register.R0, AggregateLayout.MIN);
        code.jump(Condition.GREATER_OR_EQUAL, Register.R1, Register.R3, greater);
        code.store(Width.DOUBLE, Register.R0, AggregateLayout.MIN, Register.R1);
        code.place(greater);
        code.load(Width.DOUBLE, Register.R3, Register.R0, AggregateLayout.MAX);
        code.jump(Condition.LESS_OR_EQUAL, Register.R1, Register.R3, counted);
        code.store(Width.DOUBLE, Register.R0, AggregateLayout.MAX, Register.R1);
        code.jump(counted);
        code.place(first);
        code.store(Width.DOUBLE, Register.R0, AggregateLayout.MIN, Register.R1);
        code.store(Width.DOUBLE, Register.R0, AggregateLayout.MAX, Register.R1);
        code.place(counted);
        code.load(Width.DOUBLE, Register.R3, Register.R0, AggregateLayout.SUM);
        code.arithmetic(Arithmetic.ADD, Register.R3, Register.R1);
        code.store(Width.DOUBLE, Register.R0, AggregateLayout.SUM, Register.R3);
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
        code.store(Width.DOUBLE, Register.R0, AggregateLayout.COUNT, Register.R2);
    }

    /**
     * With s = max(0, floor(log2 |v|) - 3) the bucket of |v| is {@code 8 s + (|v| >> s)}; a negative value's is its
     * mirror. s is the bit length of {@code |v| >> 4}, found by halves: {@code (2^k - 1 - t) >>> 63} is 1 when t has
     * more than k bits.
     */
    private void addBucket() {
        var code = emitter.code;
        var end = emitter.label("bucket counted");
        // R2 = sign mask, R3 = magnitude, R4 = magnitude >> 3, R5 = step, R1 = value (restored below)
        code.move(Register.R2, Register.R1);
        code.arithmetic(Arithmetic.SHIFT_RIGHT, Register.R2, 63);
        code.move(Register.R3, Register.R1);
        code.arithmetic(Arithmetic.XOR, Register.R3, Register.R2);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R3, Register.R2);
        var mark = emitter.frame.mark();
        var value = emitter.frame.allocate(8);
        emitter.store(value, Register.R1);
        code.move(Register.R4, Register.R3);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R4, Buckets.PRECISION);
        code.move(Register.R1, 0);
        for (int bits = 32; bits >= 2; bits /= 2) {
            halve(bits);
        }
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R4, 1);
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R4);
        // R1 = s; at most 60, which the verifier is told so that the shift is defined.
        code.arithmetic(Arithmetic.AND, Register.R1, 63);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R3, Register.R1);
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R1, Buckets.PRECISION);
        code.arithmetic(Arithmetic.ADD, Register.R3, Register.R1);
        code.arithmetic(Arithmetic.XOR, Register.R3, Register.R2);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R3, Register.R2);
        code.arithmetic(Arithmetic.ADD, Register.R3, Buckets.MAX);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R3, AggregateLayout.BUCKET_COUNT, end);
        increment(AggregateLayout.BUCKETS);
        code.place(end);
        emitter.load(Register.R1, value);
        emitter.frame.release(mark);
    }

    /** When R4 has more than {@code bits} bits: {@code R1 += bits, R4 >>= bits}. Changes R5. */
    private void halve(int bits) {
        var code = emitter.code;
        if (bits == 32) {
            code.moveUnsigned(Register.R5, -1);
        } else {
            code.move(Register.R5, (1 << bits) - 1);
        }
        code.arithmetic(Arithmetic.SUBTRACT, Register.R5, Register.R4);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R5, 63);
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R5, Integer.numberOfTrailingZeros(bits));
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R4, Register.R5);
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R5);
    }

    /** {@code ++((u32 *) (R0 + base))[R3]}; changes R3 and R4. R0 stays. */
    private void increment(int base) {
        var code = emitter.code;
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R3, 2);
        code.arithmetic(Arithmetic.ADD, Register.R3, Register.R0);
        code.load(Width.WORD, Register.R4, Register.R3, base);
        code.arithmetic(Arithmetic.ADD, Register.R4, 1);
        code.store(Width.WORD, Register.R3, base, Register.R4);
    }

    private void addLinear(LinearScale scale) {
        var code = emitter.code;
        var below = emitter.label("below the scale");
        var above = emitter.label("above the scale");
        var count = emitter.label("count linear bucket");
        var end = emitter.label("linear bucket counted");
        code.move(Register.R2, scale.low());
        code.jump(Condition.LESS, Register.R1, Register.R2, below);
        code.move(Register.R3, scale.high());
        code.jump(Condition.GREATER, Register.R1, Register.R3, above);
        code.move(Register.R3, Register.R1);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R3, Register.R2);
        code.move(Register.R2, scale.width());
        code.arithmetic(Arithmetic.DIVIDE_UNSIGNED, Register.R3, Register.R2);
        // After the two outer buckets.
        code.arithmetic(Arithmetic.ADD, Register.R3, 2);
        code.jump(count);
        code.place(below);
        code.move(Register.R3, 0);
        code.jump(count);
        code.place(above);
        code.move(Register.R3, 1);
        code.place(count);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R3, scale.buckets() + 2, end);
        increment(AggregateLayout.LINEAR_BELOW);
        code.place(end);
    }
}
