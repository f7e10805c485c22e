package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import java.nio.ByteBuffer;

/** Location expressions become storages; none is refused with an exception. */
public final class Expressions {
    private Expressions() {}

    /** Where an object is that an expression describes. */
    public static Location location(ByteBuffer expression, ExpressionContext context) {
        return guarded(expression, cursor -> {
            var machine = new ExpressionMachine(context, false);
            machine.run(cursor);
            return machine.location();
        });
    }

    /**
     * What an expression computes that describes no object: a frame base, or an attribute such as the offset of a member.
     *
     * @return {@link Location.Computed} or {@link Location.Missing}
     */
    public static Location value(ByteBuffer expression, ExpressionContext context) {
        return asValue(location(expression, context));
    }

    /** As {@link #value(ByteBuffer, ExpressionContext)}; something is on the stack already. */
    public static Location value(ByteBuffer expression, ExpressionContext context, Value given) {
        return asValue(guarded(expression, cursor -> {
            var machine = new ExpressionMachine(context, false);
            machine.stack().push(given);
            machine.run(cursor);
            return machine.location();
        }));
    }

    /** An address that was computed is a value when nothing is said to lie there. */
    private static Location asValue(Location location) {
        return switch (location) {
            case Location.Memory(var address) -> new Location.Computed(address);
            case Location.Computed computed -> computed;
            case Location.Missing missing -> missing;
            case Location.Pieces _ -> new Location.Missing("it is in parts");
        };
    }

    private interface Reading {
        Location of(Cursor cursor) throws UnavailableException;
    }

    private static Location guarded(ByteBuffer expression, Reading reading) {
        try {
            return reading.of(new Cursor(expression, "a location"));
        } catch (UnavailableException e) {
            return new Location.Missing(String.valueOf(e.getMessage()));
        } catch (DwarfFormatException e) {
            return new Location.Missing("its location is damaged: " + e.getMessage());
        }
    }
}
