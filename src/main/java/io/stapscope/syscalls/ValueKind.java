package io.stapscope.syscalls;

/** How a value of up to eight bytes is written, in a register or in memory. */
interface ValueKind extends DataKind {
    /** @param raw a register, of which only {@link #size()} bytes count */
    String text(long raw);

    /** What scripts see of a register. */
    default long value(long raw) {
        return size() == 8 ? raw : raw & (1L << 8 * size()) - 1;
    }

    /** Whether the text says more than the number. */
    default boolean isDescribed() {
        return true;
    }

    @Override
    default String text(Bytes bytes, int offset) {
        return text(bytes.unsigned(offset, size()));
    }
}
