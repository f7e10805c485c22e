package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A global variable of the script.
 *
 * @param keys types of the index; empty for a scalar
 * @param keyWidths bytes of each key part: 8 for a number; for a string the longest it can be with its NUL
 * @param value LONG, STRING or STATISTIC
 * @param valueWidth 8 for a number; for a string the longest it can be with its NUL; 0 for a statistic
 * @param capacity most elements; 1 for a scalar
 * @param wrap whether a full array drops its oldest element instead of failing
 * @param linear parameters when {@code @hist_linear} is asked of this statistic
 * @param initial starting value of a scalar: a {@link Long}, a {@link String} or null for 0 and ""
 * @param place where its values live
 * @param counter whether every write is {@code ++} or {@code +=} of a positive constant, so that it only grows between deletions
 * @param displayedAtEnd whether nothing reads it, so that its value is printed when the run ends
 * @param unit what its numbers measure
 * @param varianceShift shift of {@code @variance}, which only user space can compute; -1 when it is not asked for
 */
public record Global(
        int id,
        String name,
        Span span,
        List<Type> keys,
        List<Integer> keyWidths,
        List<KeyKind> keyKinds,
        Type value,
        int valueWidth,
        int capacity,
        boolean wrap,
        @Nullable LinearScale linear,
        @Nullable Object initial,
        Place place,
        boolean counter,
        boolean displayedAtEnd,
        Unit unit,
        int varianceShift) {
    public Global {
        keys = List.copyOf(keys);
        keyWidths = List.copyOf(keyWidths);
        keyKinds = List.copyOf(keyKinds);
        if (keys.size() != keyWidths.size() || keys.size() != keyKinds.size()) {
            throw new IllegalArgumentException("key parts of " + name + " disagree");
        }
    }

    public boolean isArray() {
        return !keys.isEmpty();
    }

    public boolean isStatistic() {
        return value == Type.STATISTIC;
    }

    /** Where a global's values live. */
    public enum Place {
        /** In maps: at least one kernel handler touches it. */
        KERNEL,
        /** In the storage of each thread: only kernel handlers touch it, and each only the element of its own thread. */
        THREAD,
        /** In the interpreter's memory: only user-space handlers touch it. */
        USER
    }

    /** What a part of a key stands for, so that a view can name it. */
    public enum KeyKind {
        PID,
        TID,
        SYSCALL,
        CPU,
        UID,
        EXECNAME,
        /** Addresses of a stack of the kernel. */
        STACK,
        /** Addresses of a stack of a process. */
        USTACK,
        PLAIN
    }

    /** What a number measures, as far as the script shows it. */
    public enum Unit {
        NANOSECONDS,
        MICROSECONDS,
        MILLISECONDS,
        SECONDS,
        BYTES,
        NONE
    }

    /** Parameters of {@code @hist_linear}: buckets of {@code width} from {@code low}; values above {@code high} overflow. */
    public record LinearScale(long low, long high, long width) {
        public LinearScale {
            if (width <= 0 || high <= low) {
                throw new IllegalArgumentException("linear scale " + low + ", " + high + ", " + width);
            }
        }

        /** Buckets between underflow and overflow. */
        public int buckets() {
            return Math.toIntExact((high - low) / width + 1);
        }
    }
}
