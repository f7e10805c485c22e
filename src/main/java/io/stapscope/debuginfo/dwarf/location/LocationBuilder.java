package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins what an expression says of an object: as a whole, or of one part after the other. */
final class LocationBuilder {
    private static final int MOST_PIECES = 256;
    private static final long LARGEST_PIECE = 1 << 20;

    private final List<Location.Piece> pieces = new ArrayList<>();
    /** What was said of the current part other than an address. */
    private @Nullable Location said;

    void inRegister(Value.Register register) throws UnavailableException {
        say(new Location.Computed(register));
    }

    void isValue(Value value) throws UnavailableException {
        say(new Location.Computed(value));
    }

    /** @param bytes of the value in the order of the machine */
    void isConstant(ByteBuffer bytes) throws UnavailableException {
        if (bytes.limit() <= Long.BYTES) {
            say(new Location.Computed(new Value.Constant(number(bytes, 0, bytes.limit()))));
            return;
        }
        if (bytes.limit() > MOST_PIECES) {
            throw new UnavailableException("its value is too long");
        }
        var parts = new ArrayList<Location.Piece>();
        for (int at = 0; at < bytes.limit(); at += Long.BYTES) {
            int size = Math.min(Long.BYTES, bytes.limit() - at);
            parts.add(new Location.Piece(new Location.Computed(new Value.Constant(number(bytes, at, size))), size));
        }
        say(new Location.Pieces(parts));
    }

    private static long number(ByteBuffer bytes, int start, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            int at = bytes.order() == ByteOrder.LITTLE_ENDIAN ? start + size - 1 - i : start + i;
            value = value << Byte.SIZE | bytes.get(at) & 0xff;
        }
        return value;
    }

    private void say(Location location) throws UnavailableException {
        if (said != null) {
            throw new UnavailableException("its location is damaged: it tells of two places");
        }
        said = location;
    }

    /** What was said belongs to the next bytes of the object. */
    void piece(long bytes, ValueStack stack) throws UnavailableException {
        if (pieces.size() == MOST_PIECES || bytes < 0 || bytes > LARGEST_PIECE) {
            throw new UnavailableException("its location has too many parts");
        }
        if (bytes > 0) {
            pieces.add(new Location.Piece(take(stack), (int) bytes));
        }
        said = null;
    }

    private Location take(ValueStack stack) throws UnavailableException {
        var known = said;
        if (known != null) {
            return known;
        }
        return stack.isEmpty() ? Location.OPTIMISED_OUT : new Location.Memory(stack.pop());
    }

    Location finish(ValueStack stack) throws UnavailableException {
        if (pieces.isEmpty()) {
            return take(stack);
        }
        boolean isNowhere = pieces.stream().allMatch(piece -> piece.location() instanceof Location.Missing);
        return isNowhere ? Location.OPTIMISED_OUT : new Location.Pieces(pieces);
    }
}
