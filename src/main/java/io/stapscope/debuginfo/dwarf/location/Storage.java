package io.stapscope.debuginfo.dwarf.location;

import java.util.List;

/** Where an object is, as a location expression tells it. */
public sealed interface Storage {
    /** Why there is nothing where the compiler has described nothing. */
    Missing OPTIMISED_OUT = new Missing("the compiler has optimised it out here");

    record Memory(Term address) implements Storage {}

    /** Nowhere but known: the value itself, in a register or computed. */
    record Computed(Term value) implements Storage {}

    /** In parts, lowest bytes first. */
    record Pieces(List<Piece> pieces) implements Storage {
        public Pieces {
            pieces = List.copyOf(pieces);
        }
    }

    /** @param bytes of the object that are there */
    record Piece(Storage storage, int bytes) {}

    /** @param reason a clause */
    record Missing(String reason) implements Storage {}
}
