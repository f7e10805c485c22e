package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import java.util.ArrayList;
import java.util.List;

/** What is open at a point of a handler and must be given back on every way out of it; the verifier insists. */
final class Unwinding {
    private sealed interface Open {}

    /** A reserved record whose pointer is in a slot of the frame. */
    private record OpenRecord(int slot) implements Open {}

    /** A number iterator that lies in a slot of the frame. */
    private record OpenIterator(int slot) implements Open {}

    private final Emitter emitter;
    private final List<Open> open = new ArrayList<>();

    Unwinding(Emitter emitter) {
        this.emitter = emitter;
    }

    int depth() {
        return open.size();
    }

    void openRecord(int slot) {
        open.add(new OpenRecord(slot));
    }

    void openIterator(int slot) {
        open.add(new OpenIterator(slot));
    }

    /** Forgets the last opened thing: its regular way out was written. */
    void close() {
        open.removeLast();
    }

    /** Gives back everything opened above a depth, last first; changes R0 to R5. */
    void emit(int depth) {
        for (int i = open.size() - 1; i >= depth; i--) {
            switch (open.get(i)) {
                case OpenRecord(var slot) -> {
                    emitter.code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, slot);
                    emitter.code.move(Register.R2, 1);
                    emitter.code.call(Helper.RINGBUF_DISCARD);
                }
                case OpenIterator(var slot) -> destroyIterator(slot);
            }
        }
    }

    void destroyIterator(int slot) {
        emitter.code.move(Register.R1, Emitter.FRAME);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R1, slot);
        emitter.code.call("bpf_iter_num_destroy");
    }
}
