package io.stapscope.kernel.abi;

/** First argument of bpf(2) (enum bpf_cmd). */
public enum BpfCommand {
    MAP_CREATE(0),
    MAP_LOOKUP_ELEM(1),
    MAP_UPDATE_ELEM(2),
    MAP_DELETE_ELEM(3),
    MAP_GET_NEXT_KEY(4),
    PROG_LOAD(5),
    OBJ_GET_INFO_BY_FD(15),
    RAW_TRACEPOINT_OPEN(17),
    BTF_LOAD(18),
    MAP_FREEZE(22),
    MAP_LOOKUP_BATCH(24),
    LINK_CREATE(28),
    ENABLE_STATS(32);

    private final int code;

    BpfCommand(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String kernelName() {
        return "BPF_" + name();
    }
}
