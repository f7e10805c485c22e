package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.location.Storage;
import io.stapscope.debuginfo.dwarf.location.Term;

/** What the reader of debug information says of places, in the words of a program. */
final class ProgramLocations {
    private ProgramLocations() {}

    static Location location(Storage storage) {
        return switch (storage) {
            case Storage.Memory(var address) -> new Location.Memory(value(address));
            case Storage.Computed(var value) -> new Location.Computed(value(value));
            case Storage.Pieces(var pieces) ->
                new Location.Pieces(pieces.stream()
                        .map(piece -> new Location.Piece(location(piece.storage()), piece.bytes()))
                        .toList());
            case Storage.Missing(var reason) -> new Location.Missing(reason);
        };
    }

    static Value value(Term term) {
        return switch (term) {
            case Term.Constant(var value) -> new Value.Constant(value);
            case Term.Register(var number) -> new Value.Register(number);
            case Term.Relocated(var address) -> new Value.Relocated(address);
            case Term.Dereference(var address, var size) -> new Value.Dereference(value(address), size);
            case Term.ThreadLocal(var offset) -> new Value.ThreadLocal(offset);
            case Term.Unary(var operator, var operand) -> new Value.Unary(operator(operator), value(operand));
            case Term.Binary(var operator, var left, var right) ->
                new Value.Binary(operator(operator), value(left), value(right));
        };
    }

    private static Value.Operator operator(Term.Operator operator) {
        return Value.Operator.valueOf(operator.name());
    }
}
