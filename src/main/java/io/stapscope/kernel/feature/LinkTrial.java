package io.stapscope.kernel.feature;

import io.stapscope.host.Features.Support;
import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.BpfInsn;
import io.stapscope.kernel.abi.LinkCreateAttr;
import io.stapscope.kernel.abi.ProgramKind;
import io.stapscope.kernel.abi.ProgramLoadAttr;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.NativeBuffer;

/**
 * Tries program and link kinds for which we have no live class yet. Links are asked for with an argument that cannot be
 * met, so that nothing is ever attached: which error comes back tells whether the kernel got as far as looking at it.
 */
final class LinkTrial {
    private static final int CODE_MOV_IMMEDIATE = 0xb7;
    private static final int CODE_EXIT = 0x95;

    private LinkTrial() {}

    /** A program that returns 0. */
    static Descriptor load(ProgramKind kind, int attachTypeId) {
        var instructions = NativeBuffer.allocate(2 * BpfInsn.SIZE);
        BpfInsn.encode(instructions.bytes(), 0, CODE_MOV_IMMEDIATE, 0, 0, 0, 0);
        BpfInsn.encode(instructions.bytes(), BpfInsn.SIZE, CODE_EXIT, 0, 0, 0, 0);
        var license = NativeBuffer.ofString("Dual MIT/GPL");
        var attr = NativeBuffer.allocate(ProgramLoadAttr.SIZE);
        ProgramLoadAttr.encode(attr.bytes(), kind, attachTypeId, 2, instructions.address(), license.address(), "trial");
        var descriptor =
                Bpf.open(BpfCommand.PROG_LOAD, attr, ProgramLoadAttr.SIZE, "an empty program for " + kind.kernelName());
        instructions.keepAlive();
        license.keepAlive();
        return descriptor;
    }

    /** A directory is no program: EBADF from a kernel that has such links, EINVAL from one that has not. */
    static Support uprobeMulti() {
        try (var program = load(ProgramKind.UPROBE_MULTI, 0)) {
            var path = NativeBuffer.ofString("/");
            var offsets = NativeBuffer.allocate(Long.BYTES);
            var attr = link(program, ProgramKind.UPROBE_MULTI);
            LinkCreateAttr.encodeUprobes(attr.bytes(), path.address(), offsets.address(), 1);
            int errno = refusal(attr);
            path.keepAlive();
            offsets.keepAlive();
            return support(errno == Errno.EBADF, errno);
        }
    }

    /** No such function: ESRCH or ENOENT from a kernel with kprobe links, EOPNOTSUPP or EINVAL without. */
    static Support kprobeMulti() {
        try (var program = load(ProgramKind.KPROBE_MULTI, 0)) {
            var symbol = NativeBuffer.ofString("stapscope_no_such_function");
            var symbols = NativeBuffer.allocate(Long.BYTES);
            symbols.bytes().putLong(0, symbol.address());
            var attr = link(program, ProgramKind.KPROBE_MULTI);
            LinkCreateAttr.encodeKprobes(attr.bytes(), symbols.address(), 1);
            int errno = refusal(attr);
            symbol.keepAlive();
            symbols.keepAlive();
            return support(errno == Errno.ESRCH || errno == Errno.ENOENT, errno);
        }
    }

    private static NativeBuffer link(Descriptor program, ProgramKind kind) {
        var attr = NativeBuffer.allocate(LinkCreateAttr.SIZE);
        LinkCreateAttr.encode(attr.bytes(), program.number(), kind);
        return attr;
    }

    /** The errno; 0 if against all expectation the link was made, which is then closed. */
    private static int refusal(NativeBuffer attr) {
        long result = Bpf.call(BpfCommand.LINK_CREATE, attr, LinkCreateAttr.SIZE);
        if (result >= 0) {
            Descriptor.adopt((int) result, "trial link").close();
            return 0;
        }
        return (int) -result;
    }

    private static Support support(boolean available, int errno) {
        var answer = "the kernel answered " + Errno.name(errno) + " to a trial link";
        return new Support(available, available ? answer + ", as one that has them does" : answer);
    }
}
