package io.stapscope.debuginfo.value;

import java.util.List;

/** Where the value of a variable is while execution is at one address. */
public sealed interface Location {
    /** Why there is nothing where the compiler has described nothing. */
    Missing OPTIMISED_OUT = new Missing("the compiler has optimised it out here");

    record Memory(Value address) implements Location {}

    /** Nowhere but known: the value itself, in a register or computed. */
    record Computed(Value value) implements Location {}

    /** In parts, lowest bytes first. */
    record Pieces(List<Piece> pieces) implements Location {
        public Pieces {
            pieces = List.copyOf(pieces);
        }
    }

    /** @param bytes of the variable that are there */
    record Piece(Location location, int bytes) {}

    /** @param reason a clause: {@code the compiler has optimised it out here} */
    record Missing(String reason) implements Location {}
}
