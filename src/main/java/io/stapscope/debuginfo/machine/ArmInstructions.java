package io.stapscope.debuginfo.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/** aarch64: four bytes each. Probes stay where they are meant to be. */
final class ArmInstructions implements Instructions {
    private static final int SIZE = 4;

    /** An instruction by its fixed bits. */
    private record Shape(int mask, int bits) {
        boolean fits(int word) {
            return (word & mask) == bits;
        }
    }

    /** What the kernel simulates (arch/arm64/kernel/probes/decode-insn.c). */
    private static final Shape[] SIMULATED = {
        new Shape(0x7c000000, 0x14000000), // b, bl
        new Shape(0xff000010, 0x54000000), // b.cond
        new Shape(0x7e000000, 0x34000000), // cbz, cbnz
        new Shape(0x7e000000, 0x36000000), // tbz, tbnz
        new Shape(0x1f000000, 0x10000000), // adr, adrp
        new Shape(0xbf000000, 0x18000000), // ldr from a literal
        new Shape(0xff000000, 0x98000000), // ldrsw from a literal
        new Shape(0xfffffc1f, 0xd61f0000), // br
        new Shape(0xfffffc1f, 0xd63f0000), // blr
        new Shape(0xfffffc1f, 0xd65f0000), // ret
        new Shape(0xffffffff, 0xd503201f), // nop
    };

    /** What it does not step over: exceptions, system registers, exclusive loads and stores. */
    private static final Shape[] REFUSED = {
        new Shape(0xff000000, 0xd4000000), // svc, hvc, smc, brk, hlt
        new Shape(0xfffff01f, 0xd500401f), // msr of the processor's state
        new Shape(0x3f000000, 0x08000000), // ldxr, stxr and their like
        new Shape(0xffff0000, 0x00000000), // udf
    };

    @Override
    public BitSet boundaries(ByteBuffer code, int start, int end) {
        var found = new BitSet(Math.max(0, end));
        for (int at = start; at < end; at += SIZE) {
            found.set(at);
        }
        return found;
    }

    @Override
    public boolean isBoundary(ByteBuffer code, int start, int at) {
        return at >= start && (at - start) % SIZE == 0;
    }

    @Override
    public Treatment treatment(ByteBuffer code, int at) {
        if (at < 0 || at > code.limit() - SIZE) {
            throw new MachineFormatException("the code is cut off");
        }
        int word = code.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        return fitsAny(REFUSED, word)
                ? Treatment.REFUSED
                : fitsAny(SIMULATED, word) ? Treatment.EMULATED : Treatment.SINGLE_STEP;
    }

    private static boolean fitsAny(Shape[] shapes, int word) {
        for (var shape : shapes) {
            if (shape.fits(word)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Spot cheapestEntry(ByteBuffer code, List<Part> parts, Convention convention, Sight sight) {
        return Spot.asItIs(parts.getFirst().start());
    }

    @Override
    public boolean isLikeEntry(ByteBuffer code, List<Part> parts, int at, Convention convention, Sight sight) {
        return at == parts.getFirst().start();
    }
}
