package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of perf_event_open(2) (struct perf_event_attr), as far as we use it.
 *
 * <pre>
 *  0 type   4 size   8 config (u64)   16 sample_period or sample_freq (u64)   24 sample_type   32 read_format
 * 40 bits: 0 disabled, 1 inherit, 5 exclude_kernel, 6 exclude_hv, 10 freq
 * </pre>
 */
public final class PerfEventAttr {
    public static final int TYPE = 0;
    public static final int SIZE_FIELD = 4;
    public static final int CONFIG = 8;
    public static final int SAMPLE_PERIOD = 16;
    public static final int BITS = 40;
    public static final int SIZE = 136;

    /** PERF_TYPE_SOFTWARE. */
    public static final int TYPE_SOFTWARE = 1;

    /** PERF_COUNT_SW_CPU_CLOCK. */
    public static final long SOFTWARE_CPU_CLOCK = 0;

    /** PERF_FLAG_FD_CLOEXEC. */
    public static final long FLAG_FD_CLOEXEC = 8;

    /** PERF_EVENT_IOC_ENABLE. */
    public static final long IOC_ENABLE = 0x2400;

    /** PERF_EVENT_IOC_SET_BPF: the argument is the program's descriptor by value. */
    public static final long IOC_SET_BPF = 0x40042408;

    private static final long BIT_DISABLED = 1;
    private static final long BIT_FREQ = 1 << 10;

    private PerfEventAttr() {}

    /**
     * An event that runs its program again and again, and stays silent until it is enabled.
     *
     * @param rate a period, or runs each second
     */
    public static void encodeSampling(ByteBuffer attr, int type, long config, long rate, boolean frequency) {
        attr.putInt(TYPE, type);
        attr.putInt(SIZE_FIELD, SIZE);
        attr.putLong(CONFIG, config);
        attr.putLong(SAMPLE_PERIOD, rate);
        attr.putLong(BITS, BIT_DISABLED | (frequency ? BIT_FREQ : 0));
    }
}
