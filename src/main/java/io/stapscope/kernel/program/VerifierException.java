package io.stapscope.kernel.program;

import io.stapscope.bpf.Instruction;
import io.stapscope.kernel.syscall.Errno;
import org.jspecify.annotations.Nullable;

/** The kernel's verifier refused a program. The message is the one line that tells why; the whole log is kept. */
public final class VerifierException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String program;
    private final int errno;
    private final String tellingLine;
    private final int instructionIndex;
    private final transient @Nullable Instruction instruction;
    private final String log;

    VerifierException(
            String program,
            int errno,
            String tellingLine,
            int instructionIndex,
            @Nullable Instruction instruction,
            String log) {
        super("program " + program + ": the kernel's verifier refused "
                + (instructionIndex < 0 ? "it" : "instruction " + instructionIndex) + " with " + Errno.name(errno)
                + ": " + tellingLine);
        this.program = program;
        this.errno = errno;
        this.tellingLine = tellingLine;
        this.instructionIndex = instructionIndex;
        this.instruction = instruction;
        this.log = log;
    }

    public String program() {
        return program;
    }

    public int errno() {
        return errno;
    }

    /** Whether the program is right and only more than the verifier wants to follow. */
    public boolean isTooLarge() {
        return errno == Errno.E2BIG || tellingLine.endsWith("jumps is too complex.");
    }

    public String tellingLine() {
        return tellingLine;
    }

    /** Index in the list of the spec, -1 when the log names none. */
    public int instructionIndex() {
        return instructionIndex;
    }

    /** The refused instruction, as generated. */
    public @Nullable Instruction instruction() {
        return instruction;
    }

    /** Origin of the refused instruction, -1 when unknown. */
    public int origin() {
        return instruction == null ? -1 : instruction.origin();
    }

    public String log() {
        return log;
    }
}
