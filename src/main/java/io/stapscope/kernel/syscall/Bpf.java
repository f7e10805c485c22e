package io.stapscope.kernel.syscall;

import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.BpfProgramInfo;
import io.stapscope.kernel.abi.BtfLoadAttr;
import io.stapscope.kernel.abi.EnableStatsAttr;
import io.stapscope.kernel.abi.ObjectInfoAttr;
import io.stapscope.kernel.abi.RawTracepointAttr;
import io.stapscope.kernel.abi.SyscallNumber;

/** The bpf(2) system call. Descriptors it returns are close-on-exec: the kernel makes them so. */
public final class Bpf {
    private Bpf() {}

    /**
     * Makes the call and hands back what the kernel said: a result of at least 0, or the errno negated. Allocates
     * nothing, so that hot paths may use it.
     *
     * @param size bytes of the argument that the kernel shall read
     */
    public static long call(BpfCommand command, NativeBuffer attr, int size) {
        long result = LibC.checked(LibC.syscall(SyscallNumber.BPF, command.code(), attr.address(), size, 0, 0, 0));
        attr.keepAlive();
        return result;
    }

    /** As {@link #call}, for commands that answer with a new descriptor. */
    public static Descriptor open(BpfCommand command, NativeBuffer attr, int size, String what) {
        return Descriptor.adopt((int) orThrow(command, call(command, attr, size), what), what);
    }

    /** The result, if it is one. */
    public static long orThrow(BpfCommand command, long result, String what) {
        if (result < 0) {
            throw new KernelException(operation(command), (int) -result, what);
        }
        return result;
    }

    /** How error messages call a command. */
    public static String operation(BpfCommand command) {
        return "bpf(" + command.kernelName() + ")";
    }

    /** Loads type information made by us. */
    public static Descriptor loadTypes(NativeBuffer btf, String what) {
        var attr = NativeBuffer.allocate(BtfLoadAttr.SIZE);
        BtfLoadAttr.encode(attr.bytes(), btf.address(), btf.size());
        var descriptor = open(BpfCommand.BTF_LOAD, attr, BtfLoadAttr.SIZE, what);
        btf.keepAlive();
        return descriptor;
    }

    /** Attaches a BTF-typed program to the raw tracepoint it was loaded for. */
    public static Descriptor openRawTracepoint(Descriptor program, long cookie, String what) {
        return openRawTracepoint(0, program, cookie, what);
    }

    /** Attaches an untyped program to a raw tracepoint. */
    public static Descriptor openRawTracepoint(String tracepoint, Descriptor program, String what) {
        var name = NativeBuffer.ofString(tracepoint);
        var link = openRawTracepoint(name.address(), program, 0, what);
        name.keepAlive();
        return link;
    }

    private static Descriptor openRawTracepoint(long name, Descriptor program, long cookie, String what) {
        var attr = NativeBuffer.allocate(RawTracepointAttr.SIZE);
        RawTracepointAttr.encode(attr.bytes(), name, program.number(), cookie);
        return open(BpfCommand.RAW_TRACEPOINT_OPEN, attr, RawTracepointAttr.SIZE, what);
    }

    public static BpfProgramInfo programInfo(Descriptor program, String what) {
        var info = NativeBuffer.allocate(BpfProgramInfo.SIZE);
        var attr = NativeBuffer.allocate(ObjectInfoAttr.SIZE);
        ObjectInfoAttr.encode(attr.bytes(), program.number(), info.address(), info.size());
        orThrow(BpfCommand.OBJ_GET_INFO_BY_FD, call(BpfCommand.OBJ_GET_INFO_BY_FD, attr, ObjectInfoAttr.SIZE), what);
        var decoded = BpfProgramInfo.decode(info.bytes());
        info.keepAlive();
        return decoded;
    }

    /** The kernel counts runs and run times of all programs until the answer is closed. Needs CAP_SYS_ADMIN. */
    public static Descriptor enableStatistics() {
        var attr = NativeBuffer.allocate(EnableStatsAttr.SIZE);
        EnableStatsAttr.encode(attr.bytes(), EnableStatsAttr.RUN_TIME);
        return open(BpfCommand.ENABLE_STATS, attr, EnableStatsAttr.SIZE, "program statistics");
    }
}
