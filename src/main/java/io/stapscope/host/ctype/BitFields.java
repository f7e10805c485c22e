package io.stapscope.host.ctype;

import io.stapscope.host.ctype.CType.Member;

/** Where the bits of a bit field lie. */
final class BitFields {
    private BitFields() {}

    /**
     * A bit field.
     *
     * @param bits from the start of the struct to its lowest bit
     */
    static Member member(String name, CType type, long bits, int width) {
        // A packed struct lets a field cross the unit of its type: the next larger unit holds it.
        for (long unit = Math.max(1, type.size()); unit <= Long.BYTES; unit *= 2) {
            long start = bits / (unit * Byte.SIZE) * unit;
            int first = (int) (bits - start * Byte.SIZE);
            if (first + width <= unit * Byte.SIZE) {
                return new Member(name, unit == type.size() ? type : widened(type, unit), start, first, width);
            }
        }
        return new Member(name, type, bits / Byte.SIZE, (int) (bits % Byte.SIZE), width);
    }

    private static CType widened(CType type, long unit) {
        boolean signed =
                switch (type) {
                    case CType.Int t -> t.signed();
                    case CType.Enumeration t -> t.signed();
                    case CType _ -> false;
                };
        return CType.number(type.name(), (int) unit, signed);
    }
}
