package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.nio.ByteBuffer;

/** Location expressions become storages; none is refused with an exception. */
public final class Expressions {
    private Expressions() {}

    /** Where an object is that an expression describes. */
    public static Storage storage(ByteBuffer expression, ExpressionContext context) {
        return guarded(expression, cursor -> {
            var machine = new ExpressionMachine(context, false);
            machine.run(cursor);
            return machine.storage();
        });
    }

    /**
     * What an expression computes that describes no object: a frame base, or an attribute such as the offset of a member.
     *
     * @return {@link Storage.Computed} or {@link Storage.Missing}
     */
    public static Storage value(ByteBuffer expression, ExpressionContext context) {
        return asValue(storage(expression, context));
    }

    /** As {@link #value(ByteBuffer, ExpressionContext)}; something is on the stack already. */
    public static Storage value(ByteBuffer expression, ExpressionContext context, Term given) {
        return asValue(guarded(expression, cursor -> {
            var machine = new ExpressionMachine(context, false);
            machine.stack().push(given);
            machine.run(cursor);
            return machine.storage();
        }));
    }

    /** An address that was computed is a value when nothing is said to lie there. */
    private static Storage asValue(Storage storage) {
        return switch (storage) {
            case Storage.Memory(var address) -> new Storage.Computed(address);
            case Storage.Computed computed -> computed;
            case Storage.Missing missing -> missing;
            case Storage.Pieces _ -> new Storage.Missing("it is in parts");
        };
    }

    private interface Reading {
        Storage of(Cursor cursor) throws UnavailableException;
    }

    private static Storage guarded(ByteBuffer expression, Reading reading) {
        try {
            return reading.of(new Cursor(expression, "a location"));
        } catch (UnavailableException e) {
            return new Storage.Missing(String.valueOf(e.getMessage()));
        } catch (DwarfFormatException e) {
            return new Storage.Missing("its location is damaged: " + e.getMessage());
        }
    }
}
