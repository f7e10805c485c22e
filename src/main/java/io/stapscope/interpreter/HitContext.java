package io.stapscope.interpreter;

import io.stapscope.compiler.ir.ContextValue;
import org.jspecify.annotations.Nullable;

/**
 * What one hit offers. Strings are byte strings. Asking for what this kind of hit does not have is a bug of the caller:
 * the compiler refused such scripts.
 */
public interface HitContext {
    /** Never asked for TARGET and TIME_NANOS, which are the run's. */
    long number(ContextValue value);

    String text(ContextValue value);

    /** {@code $arg1} to {@code $arg6}. */
    default long argument(int number) {
        throw new IllegalStateException("this hit has no $arg" + number);
    }

    default long entryNumber(int slot) {
        throw new IllegalStateException("this hit has no entry values");
    }

    default String entryText(int slot) {
        throw new IllegalStateException("this hit has no entry values");
    }

    /** Whether the kernel computed the handler's captures; otherwise they are evaluated where the body reads them. */
    default boolean hasCaptures() {
        return false;
    }

    default long captureNumber(int slot) {
        throw new IllegalStateException("this hit has no captures");
    }

    default String captureText(int slot) {
        throw new IllegalStateException("this hit has no captures");
    }

    /** What the reader of a file of the run gets. */
    default void answer(String text, boolean append) {
        throw new IllegalStateException("nobody asked");
    }

    /** The NUL-terminated string at an address of the hit's process; null when it cannot be read. */
    default @Nullable String userString(long address) {
        return null;
    }
}
