package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.value.Location;
import java.util.OptionalLong;

/** What an expression is about besides its own bytes. Everything but the sizes is asked for only when it is needed. */
public interface ExpressionContext {
    /** Bytes of an address: 4 or 8. */
    int addressSize();

    /** Bytes of an offset into other sections: 8 in the 64-bit form of DWARF. */
    int offsetSize();

    /**
     * The frame base of the function; {@link Location.Missing} when it has none, and when it is the expression of the frame
     * base itself that is read.
     */
    Location frameBase();

    /** The canonical frame address, computed for the place the expression is asked for. */
    Location canonicalFrame();

    /** An address of the table of addresses of the unit; empty when it has none of that index. */
    OptionalLong indexedAddress(long index);

    /** Whether the place is the entry of the function, where parameters are still in their registers. */
    boolean atEntry();
}
