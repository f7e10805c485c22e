package io.stapscope.kernel.program;

import io.stapscope.bpf.ProgramSpec;
import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.ProgramKind;
import io.stapscope.kernel.abi.ProgramLoadAttr;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.NativeBuffer;
import java.nio.charset.StandardCharsets;

/** Loads silently first, since a log makes the verifier many times slower, and asks for the reason only on refusal. */
final class ProgramLoader {
    /** Helpers that read memory are open to GPL-compatible programs only; the generated code is under both. */
    private static final String LICENSE = "Dual MIT/GPL";

    private static final int FIRST_LOG_SIZE = 1 << 20;
    private static final int LAST_LOG_SIZE = 1 << 26;

    private final ProgramSpec spec;
    private final EncodedProgram encoded;
    private final NativeBuffer attr = NativeBuffer.allocate(ProgramLoadAttr.SIZE);
    private final NativeBuffer license = NativeBuffer.ofString(LICENSE);

    private ProgramLoader(ProgramSpec spec, EncodedProgram encoded) {
        this.spec = spec;
        this.encoded = encoded;
    }

    static Descriptor load(ProgramSpec spec, EncodedProgram encoded, ProgramKind kind, int attachTypeId) {
        var loader = new ProgramLoader(spec, encoded);
        ProgramLoadAttr.encode(
                loader.attr.bytes(),
                kind,
                attachTypeId,
                encoded.slots(),
                encoded.bytes().address(),
                loader.license.address(),
                spec.name());
        long result = loader.call();
        return loader.descriptor(result >= 0 ? result : loader.loadWithLog());
    }

    /** Succeeds where the first try failed only for want of memory or time. */
    private long loadWithLog() {
        for (int size = FIRST_LOG_SIZE; ; size *= 4) {
            var log = NativeBuffer.allocate(size);
            ProgramLoadAttr.encodeLog(attr.bytes(), 1, log.address(), size);
            long result = call();
            if (result >= 0) {
                return result;
            }
            // ENOSPC is about the log, whose end is what matters.
            if (result != -Errno.ENOSPC || size >= LAST_LOG_SIZE) {
                throw refusal((int) -result, text(log));
            }
        }
    }

    private long call() {
        long result = Bpf.call(BpfCommand.PROG_LOAD, attr, ProgramLoadAttr.SIZE);
        encoded.bytes().keepAlive();
        license.keepAlive();
        return result;
    }

    private Descriptor descriptor(long number) {
        return Descriptor.adopt((int) number, "program " + spec.name());
    }

    private RuntimeException refusal(int errno, String log) {
        if (log.isBlank()) {
            return new KernelException(Bpf.operation(BpfCommand.PROG_LOAD), errno, "program " + spec.name());
        }
        var parsed = VerifierLog.parse(log);
        int index = encoded.instructionAt(parsed.slot());
        var instruction = index < 0 ? null : spec.instructions().get(index);
        return new VerifierException(spec.name(), errno, parsed.tellingLine(), index, instruction, log);
    }

    private static String text(NativeBuffer log) {
        var bytes = log.toArray();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }
}
