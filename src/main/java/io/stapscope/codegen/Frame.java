package io.stapscope.codegen;

import io.stapscope.bpf.Register;
import io.stapscope.codegen.layout.Align;

/**
 * The memory of one program: the 512 bytes of its stack from the top down, and the per-CPU scratch memory for what is
 * big or must stay unknown to the verifier. Allocation is a stack: {@link #mark} and {@link #release}.
 */
final class Frame {
    /** Argument of the tracepoint: result of the system call. */
    static final int RESULT = -8;

    /** Number of the system call. */
    static final int NUMBER = -16;

    /** Pointer to what is kept for the task, 0 until asked for or when there is nothing. */
    static final int TASK = -24;

    /** CPU number. */
    static final int CPU = -32;

    /** Id of the record of a soft error. */
    static final int ERROR_RECORD = -40;

    /** A number for the text of a soft error. */
    static final int ERROR_DETAIL = -48;

    /** Where an address becomes a number. */
    static final int EXCHANGE = -56;

    /** The context of the program, kept only when it is asked for. */
    static final int CONTEXT = -64;

    private static final int FIXED = 64;
    private static final int STACK = 512;

    /** Kept for pointers and slots, which cannot move to the scratch memory. */
    private static final int RESERVE = 128;

    private static final int LARGE = 96;

    /** What a per-CPU value may hold. */
    static final int MAX_SCRATCH = 32_768;

    private boolean keepsContext;
    private int depth = FIXED;
    private int scratch;
    private int deepestScratch;

    /** The handler needs more memory than there is. */
    static final class OverflowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String what;

        OverflowException(String what) {
            super(what);
            this.what = what;
        }

        /** The handler in words. */
        String what() {
            return what;
        }
    }

    /** State to return to. */
    record Mark(int depth, int scratch) {}

    Mark mark() {
        return new Mark(depth, scratch);
    }

    void release(Mark mark) {
        depth = mark.depth;
        scratch = mark.scratch;
    }

    /** The program needs its context later. */
    void keepContext() {
        keepsContext = true;
    }

    boolean keepsContext() {
        return keepsContext;
    }

    /** Whether anything ever lay in the scratch memory. */
    boolean usesScratch() {
        return deepestScratch > 0;
    }

    int scratchSize() {
        return deepestScratch;
    }

    /** Memory for anything but pointers, aligned to eight bytes: on the stack when it is small and there is room. */
    Place.Direct allocate(int bytes) {
        int size = Align.toWords(bytes);
        if (size > LARGE || depth + size > STACK - RESERVE) {
            return allocateScratch(size);
        }
        depth += size;
        return new Place.Direct(Register.R10, -depth);
    }

    Place.Direct allocateScratch(int bytes) {
        var place = new Place.Direct(Register.R9, scratch);
        scratch += Align.toWords(bytes);
        deepestScratch = Math.max(deepestScratch, scratch);
        if (deepestScratch > MAX_SCRATCH) {
            throw new OverflowException("a handler of more than " + MAX_SCRATCH + " bytes of strings");
        }
        return place;
    }

    /** Eight bytes that are surely on the stack, for pointers and iterators; gives the offset from R10. */
    int allocateSlot() {
        depth += 8;
        if (depth > STACK) {
            throw new OverflowException(
                    "a handler nested so deeply that it needs more than " + STACK + " bytes of stack");
        }
        return -depth;
    }
}
