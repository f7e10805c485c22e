package io.stapscope.host;

import java.util.OptionalInt;
import java.util.SortedMap;

/** System call numbers and names of one architecture. */
public interface SyscallTable {
    /** The name, or {@code syscall_N} for a number the table does not know. */
    String name(long number);

    OptionalInt number(String name);

    SortedMap<Integer, String> all();
}
