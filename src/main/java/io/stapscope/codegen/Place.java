package io.stapscope.codegen;

import io.stapscope.bpf.Register;

/** A stretch of memory a program may use. */
sealed interface Place {
    Place at(int distance);

    /** Relative to a register that keeps its value: the frame or the scratch memory. */
    record Direct(Register base, int offset) implements Place {
        @Override
        public Direct at(int distance) {
            return new Direct(base, offset + distance);
        }
    }

    /**
     * Relative to a pointer that was put away in the frame.
     *
     * @param slot of the pointer, from R10
     */
    record Indirect(int slot, int offset) implements Place {
        @Override
        public Indirect at(int distance) {
            return new Indirect(slot, offset + distance);
        }
    }
}
