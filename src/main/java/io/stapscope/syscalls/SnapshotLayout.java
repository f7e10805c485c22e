package io.stapscope.syscalls;

/**
 * One system call as the kernel side sends it, in little-endian order.
 *
 * <pre>
 *  0 u64 number
 *  8 u64 argument[6]
 * 56 s16 bytes[12]     of each area of the number's {@link FetchPlan}: how many were fetched, -1 for a fault;
 *                      a string's count includes its NUL, which is there even when the string is cut
 * 80 areas, where the plan puts them
 * </pre>
 */
public final class SnapshotLayout {
    public static final int NUMBER = 0;
    public static final int ARGUMENTS = 8;
    public static final int STATUS = 56;
    public static final int AREAS = 80;

    public static final int MOST_AREAS = 12;
    /** Of a whole snapshot. */
    public static final int MOST_BYTES = 1400;
    /** Of one area. */
    public static final int LARGEST_AREA = 512;
    /** What {@link #STATUS} says of an area that could not be read. */
    public static final int FAULT = -1;

    private SnapshotLayout() {}
}
