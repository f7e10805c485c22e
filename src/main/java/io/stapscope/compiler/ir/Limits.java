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
 */
public record Limits(
        int maxStringLength,
        int maxMapEntries,
        int maxAction,
        int maxActionInterruptible,
        int maxNesting,
        int maxErrors,
        int maxSkipped) {
    public static final Limits DEFAULT = new Limits(512, 2048, 1000, 10_000, 16, 0, 100);
}
