package io.stapscope.syscalls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a system call, by the name that scripts use.
 *
 * @param index of the register
 * @param condition when the call looks at it at all; null for always
 */
record Argument(
        String name, int index, ArgumentKind kind, @Nullable Condition condition) {
    /**
     * Whether another argument has one of these values, or any of these bits.
     *
     * @param index of the other argument
     */
    record Condition(int index, boolean bits, List<Long> values) {
        boolean holds(Call call) {
            long value = call.argument(index);
            return values.stream().anyMatch(wanted -> bits ? (value & wanted) != 0 : (int) value == wanted.intValue());
        }
    }

    boolean isWritten(Call call) {
        return kind.isWritten() && (condition == null || condition.holds(call));
    }
}
