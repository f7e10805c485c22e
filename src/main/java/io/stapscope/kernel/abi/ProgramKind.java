package io.stapscope.kernel.abi;

/** What a program is loaded as: enum bpf_prog_type with its enum bpf_attach_type. */
public enum ProgramKind {
    /** BPF_PROG_TYPE_RAW_TRACEPOINT. */
    RAW_TRACEPOINT("BPF_PROG_TYPE_RAW_TRACEPOINT", 17, 0),
    /** BPF_PROG_TYPE_TRACING with BPF_TRACE_RAW_TP: typed pointers, no helper needed to follow them. */
    RAW_TRACEPOINT_BTF("BPF_PROG_TYPE_TRACING", 26, 23),
    /** BPF_PROG_TYPE_PERF_EVENT. */
    PERF_EVENT("BPF_PROG_TYPE_PERF_EVENT", 7, 0),
    /** BPF_PROG_TYPE_TRACING with BPF_TRACE_FENTRY. */
    FENTRY("BPF_PROG_TYPE_TRACING", 26, 24),
    /** BPF_PROG_TYPE_KPROBE. */
    KPROBE("BPF_PROG_TYPE_KPROBE", 2, 0),
    /** BPF_PROG_TYPE_KPROBE with BPF_TRACE_KPROBE_MULTI. */
    KPROBE_MULTI("BPF_PROG_TYPE_KPROBE", 2, 42),
    /** BPF_PROG_TYPE_KPROBE with BPF_TRACE_UPROBE_MULTI. */
    UPROBE_MULTI("BPF_PROG_TYPE_KPROBE", 2, 48),
    /** BPF_PROG_TYPE_KPROBE with BPF_TRACE_UPROBE_SESSION. */
    UPROBE_SESSION("BPF_PROG_TYPE_KPROBE", 2, 57);

    private final String kernelName;
    private final int programType;
    private final int attachType;

    ProgramKind(String kernelName, int programType, int attachType) {
        this.kernelName = kernelName;
        this.programType = programType;
        this.attachType = attachType;
    }

    public String kernelName() {
        return kernelName;
    }

    public int programType() {
        return programType;
    }

    /** expected_attach_type, and the attach type of a link. */
    public int attachType() {
        return attachType;
    }
}
