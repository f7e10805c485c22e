package io.stapscope.compiler.ir;

/**
 * The limits of one run, named as SystemTap names them.
 *
 * @param maxStringLength MAXSTRINGLEN: bytes of a string with its NUL
 * @param maxMapEntries MAXMAPENTRIES: elements of an array that gives no size
 * @param maxAction MAXACTION: statements of one hit of a kernel handler
 * @param maxActionInterruptible MAXACTION_INTERRUPTIBLE: statements of one begin, end or timer handler
 * @param maxNesting MAXNESTING: depth of calls
 * @param maxErrors MAXERRORS: soft errors tolerated before the run ends
 * @param maxSkipped MAXSKIPPED: skipped probes tolerated; only reported
 * @param ringBytes -s: the buffer between the kernel and us; a power of two
 */
public record Limits(
        int maxStringLength,
        int maxMapEntries,
        int maxAction,
        int maxActionInterruptible,
        int maxNesting,
        int maxErrors,
        int maxSkipped,
        int ringBytes) {
    public static final int RING_BYTES = 16 << 20;

    public static final Limits DEFAULT = new Limits(512, 2048, 1000, 10_000, 16, 0, 100);

    public Limits(
            int maxStringLength,
            int maxMapEntries,
            int maxAction,
            int maxActionInterruptible,
            int maxNesting,
            int maxErrors,
            int maxSkipped) {
        this(
                maxStringLength,
                maxMapEntries,
                maxAction,
                maxActionInterruptible,
                maxNesting,
                maxErrors,
                maxSkipped,
                RING_BYTES);
    }
}
