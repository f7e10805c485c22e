package io.stapscope.bpf;

import java.util.Arrays;
import java.util.Optional;

/** The kernel's helper functions that generated programs may call, and no others. */
public enum Helper {
    MAP_LOOKUP_ELEM(1),
    MAP_UPDATE_ELEM(2),
    MAP_DELETE_ELEM(3),
    KTIME_GET_NS(5),
    GET_SMP_PROCESSOR_ID(8),
    GET_STACK(67),
    PROBE_READ_USER(112),
    PROBE_READ_KERNEL(113),
    PROBE_READ_USER_STR(114),
    PROBE_READ_KERNEL_STR(115),
    RINGBUF_OUTPUT(130),
    RINGBUF_RESERVE(131),
    RINGBUF_SUBMIT(132),
    RINGBUF_DISCARD(133),
    RINGBUF_QUERY(134),
    TASK_STORAGE_GET(156),
    GET_CURRENT_TASK_BTF(158),
    SNPRINTF(165),
    GET_FUNC_IP(173),
    GET_ATTACH_COOKIE(174),
    TASK_PT_REGS(175);

    private final int code;

    Helper(int code) {
        this.code = code;
    }

    /** The kernel's number (enum bpf_func_id). */
    public int code() {
        return code;
    }

    static Optional<Helper> of(long code) {
        return Arrays.stream(values()).filter(helper -> helper.code == code).findAny();
    }
}
