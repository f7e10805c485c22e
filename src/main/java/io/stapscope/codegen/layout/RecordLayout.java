package io.stapscope.codegen.layout;

/**
 * Head of every record in the ring buffer; its fields follow as its {@code RecordSpec} says.
 *
 * <pre> 0 u16 record id   2 u16 cpu   4 u32 process id   8 u64 monotonic time (ns)   16 fields </pre>
 */
public final class RecordLayout {
    public static final int ID = 0;
    public static final int CPU = 2;
    public static final int PID = 4;
    public static final int TIME = 8;
    public static final int FIELDS = 16;

    private RecordLayout() {}
}
