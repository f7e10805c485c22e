package io.stapscope.debuginfo.machine;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/** x86-64. */
final class X86Instructions implements Instructions {
    /** Instructions that a probe may be moved over. */
    private static final int MOST_STEPS = 16;

    /** Bytes of a function that are searched for jumps to its beginning; probes of larger ones stay. */
    private static final int MOST_BYTES = 1 << 18;

    @Override
    public BitSet boundaries(ByteBuffer code, int start, int end) {
        var decoder = new X86Decoder(code);
        var found = new BitSet(Math.max(0, end));
        for (int at = start; at < end; at += decoder.decode(at).length()) {
            found.set(at);
        }
        return found;
    }

    @Override
    public Treatment treatment(ByteBuffer code, int at) {
        return X86Treatment.of(new X86Decoder(code).decode(at));
    }

    @Override
    public Spot cheapestEntry(ByteBuffer code, List<Part> parts, Convention convention, Sight sight) {
        var body = parts.getFirst();
        try {
            var moved = cheapInReach(code, body, convention, sight);
            return moved.position() == body.start() || isReachedOnlyFromAbove(code, parts, moved.position())
                    ? moved
                    : Spot.asItIs(body.start());
        } catch (MachineFormatException e) {
            // Code that cannot be read to its end may jump anywhere.
            return Spot.asItIs(body.start());
        }
    }

    private static Spot cheapInReach(ByteBuffer code, Part body, Convention convention, Sight sight) {
        var prologue = new X86Prologue(convention, sight);
        var decoder = new X86Decoder(code);
        int at = body.start();
        for (int step = 0; step <= MOST_STEPS && at < body.end(); step++) {
            var one = decoder.decode(at);
            if (X86Treatment.of(one).isCheap()) {
                return new Spot(at, prologue.kept());
            }
            if (!prologue.passes(one)) {
                break;
            }
            at += one.length();
        }
        return Spot.asItIs(body.start());
    }

    @Override
    public boolean isLikeEntry(ByteBuffer code, List<Part> parts, int place, Convention convention, Sight sight) {
        var body = parts.getFirst();
        if (place < body.start() || place >= body.end()) {
            return false;
        }
        try {
            var prologue = new X86Prologue(convention, sight);
            var decoder = new X86Decoder(code);
            int at = body.start();
            for (int step = 0; step <= MOST_STEPS && at < place; step++) {
                var one = decoder.decode(at);
                if (!prologue.passes(one)) {
                    return false;
                }
                at += one.length();
            }
            return at == place
                    && prologue.kept().isEmpty()
                    && (place == body.start() || isReachedOnlyFromAbove(code, parts, place));
        } catch (MachineFormatException e) {
            return false;
        }
    }

    /** Whether no jump leads behind the first instruction of a function and not further than to the place. */
    private static boolean isReachedOnlyFromAbove(ByteBuffer code, List<Part> parts, int place) {
        int bytes = 0;
        for (var part : parts) {
            int size = part.end() - part.start();
            bytes = part.isForeign() ? Math.max(bytes, size) : bytes + size;
            if (bytes > MOST_BYTES || jumpsBetween(code, part, parts.getFirst().start(), place)) {
                return false;
            }
        }
        return true;
    }

    private static boolean jumpsBetween(ByteBuffer code, Part part, int entry, int place) {
        var decoder = new X86Decoder(code);
        for (int at = part.start(); at < part.end(); ) {
            var one = decoder.decode(at);
            at += one.length();
            if (!part.isForeign() && one.mayJumpByTable()) {
                return true;
            }
            if (one.isDirectJump()) {
                long target = at + one.immediate();
                if (target > entry && target <= place) {
                    return true;
                }
            }
        }
        return false;
    }
}
