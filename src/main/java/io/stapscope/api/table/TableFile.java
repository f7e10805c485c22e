package io.stapscope.api.table;

import org.jspecify.annotations.Nullable;

/** A table that becomes a file, row by row, in memory. */
public interface TableFile {
    /** @param values one of each column, of its kind or null */
    void row(@Nullable Object... values);

    /** The whole file; no row comes after it. */
    byte[] bytes();
}
