package io.stapscope.syscalls;

/** How something in memory is written. */
interface DataKind {
    /** Bytes in memory. */
    int size();

    /** What its offset in a structure is a multiple of. */
    default int alignment() {
        return size();
    }

    String text(Bytes bytes, int offset);
}
