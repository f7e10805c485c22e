package io.stapscope.codegen.layout;

/** Names of the maps of a script. */
public final class MapNames {
    /** {@link SessionLayout} */
    public static final String SESSION = "session";

    /** {@link CounterLayout} */
    public static final String COUNTERS = "counters";

    /** Tables that the programs read; absent when they need none. */
    public static final String CONSTANTS = "constants";

    /** {@link GlobalsLayout}; absent when the script has no scalars in the kernel. */
    public static final String GLOBALS = "globals";

    /** Ring buffer of {@link RecordLayout} records; absent when the kernel sends none. */
    public static final String EVENTS = "events";

    /** {@link TaskLayout}; absent when nothing is kept per task. */
    public static final String TASKS = "tasks";

    /** Process ids (u32) of the target's living descendants, the target not among them; only for its probe points. */
    public static final String DESCENDANTS = "descendants";

    /** Per-CPU working memory of the programs; nobody else reads it. */
    public static final String SCRATCH = "scratch";

    private MapNames() {}

    /** {@link ArrayLayout} of a global. */
    public static String array(int global) {
        return "a" + global;
    }

    /** Key to slot (u32) of a statistic with keys. */
    public static String index(int global) {
        return "s" + global + "_index";
    }

    /** Slot to key of a statistic with keys. */
    public static String keys(int global) {
        return "s" + global + "_keys";
    }

    /** Aggregates of a statistic. */
    public static String values(int global) {
        return "s" + global + "_values";
    }
}
