package io.stapscope.codegen.layout;

import java.util.List;

/**
 * The facts of one run: the only value of the array map {@link MapNames#SESSION}.
 *
 * <pre>
 *   0 u32 state       4 u32 own tgid          8 s64 wall offset (ns)   16 u32 target tgid   20 u32 soft errors
 *  24 u32[4] excluded parents, filled from the front, 0 = none
 *  40 u64[] start time of each process named by id, 0 = any
 * then, on the next cache line, u64[] next slot of each statistic with keys, then u64[] next sequence number of each array
 * </pre>
 *
 * @param processes ids named by {@code process(PID)}, in the order of their start times
 * @param statistics ids of the statistics with keys
 * @param arrays ids of the arrays
 */
public record SessionLayout(List<Integer> processes, List<Integer> statistics, List<Integer> arrays) {
    /** u32; nothing runs unless it is {@link #RUNNING}. */
    public static final int STATE = 0;

    public static final int STARTING = 0;
    public static final int RUNNING = 1;
    /** A handler called exit(). */
    public static final int EXITING = 2;
    /** More soft errors than tolerated. */
    public static final int ERROR = 3;

    /** u32: process id of the tracer. */
    public static final int SELF = 4;

    /** s64: add it to a monotonic time to get nanoseconds since 1970. */
    public static final int WALL_OFFSET = 8;

    /** u32: process id of the target, 0 without one. */
    public static final int TARGET = 16;

    /** u32: soft errors raised by kernel handlers. */
    public static final int ERRORS = 20;

    /** u32 each: processes left out of system-wide probes together with their children. */
    public static final int EXCLUDED = 24;

    public static final int EXCLUDED_SLOTS = 4;

    private static final int START_TIMES = EXCLUDED + 4 * EXCLUDED_SLOTS;

    public SessionLayout {
        processes = List.copyOf(processes);
        statistics = List.copyOf(statistics);
        arrays = List.copyOf(arrays);
    }

    /** u64: {@code task->group_leader->start_time} (ns since boot) that process {@code pid} must have; 0 for any. */
    public int startTime(int pid) {
        return START_TIMES + 8 * processes.indexOf(pid);
    }

    /** u64: slots given out so far for a statistic with keys; may exceed its capacity. */
    public int nextSlot(int global) {
        return counters() + 8 * statistics.indexOf(global);
    }

    /** u64: elements ever inserted into an array. */
    public int sequence(int global) {
        return counters() + 8 * (statistics.size() + arrays.indexOf(global));
    }

    public int size() {
        return counters() + 8 * (statistics.size() + arrays.size());
    }

    /** On a cache line of their own: the line of the state is read at every hit. */
    private int counters() {
        return (START_TIMES + 8 * processes.size() + 63) / 64 * 64;
    }
}
