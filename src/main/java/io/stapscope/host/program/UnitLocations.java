package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import io.stapscope.debuginfo.dwarf.DwarfSections;
import io.stapscope.debuginfo.dwarf.LocationAttribute;
import io.stapscope.debuginfo.dwarf.Unit;
import io.stapscope.debuginfo.dwarf.frame.CallFrame;
import io.stapscope.debuginfo.dwarf.frame.CallFrames;
import io.stapscope.debuginfo.dwarf.location.ExpressionContext;
import io.stapscope.debuginfo.dwarf.location.Expressions;
import io.stapscope.debuginfo.dwarf.location.LocationList;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Works out where values are at an address: expressions, lists of them, frames. */
final class UnitLocations {
    private static final Location NO_FRAME = new Location.Missing("nothing tells of its frame here");
    private static final int NEWER_LISTS = 5;

    private final DwarfSections sections;
    private @Nullable CallFrames debugFrames;
    private @Nullable CallFrames ehFrames;

    UnitLocations(DwarfFile dwarf) {
        sections = dwarf.sections();
    }

    /** Of a variable that is no function's. */
    Location global(LocationAttribute attribute, Unit unit) {
        return location(attribute, new Place(unit, 0, null, false));
    }

    /** @param function whose frame it is: for inlined code the one around it */
    Location at(long address, LocationAttribute attribute, Unit unit, Code function) {
        return location(attribute, new Place(unit, address, function, true));
    }

    private Location location(LocationAttribute attribute, Place place) {
        return switch (attribute) {
            case LocationAttribute.None() -> Location.OPTIMISED_OUT;
            case LocationAttribute.Expression(var bytes) -> Expressions.location(bytes, place);
            case LocationAttribute.ListAt(var offset) ->
                listed(offset, place)
                        .map(bytes -> Expressions.location(bytes, place))
                        .orElse(Location.OPTIMISED_OUT);
            case LocationAttribute.Constant(var value) -> new Location.Computed(new Value.Constant(value));
            case LocationAttribute.Bytes(var bytes) -> constant(bytes);
        };
    }

    private static Location constant(ByteBuffer bytes) {
        int size = bytes.remaining();
        if (size > Long.BYTES) {
            return new Location.Missing("it is a constant of " + size + " bytes");
        }
        var whole = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(bytes.duplicate());
        return new Location.Computed(new Value.Constant(whole.getLong(0)));
    }

    private static Optional<ByteBuffer> listed(long offset, Place place) {
        var unit = place.unit;
        try {
            var list = unit.version() >= NEWER_LISTS
                    ? LocationList.read5(
                            new Cursor(unit.sections().loclists(), ".debug_loclists").at(offset), unit.lists())
                    : LocationList.read4(new Cursor(unit.sections().loc(), ".debug_loc").at(offset), unit.lists());
            return list.at(place.address);
        } catch (DwarfFormatException e) {
            return Optional.empty();
        }
    }

    private Location canonicalFrame(long address) {
        try {
            return debugFrames()
                    .at(address)
                    .or(() -> ehFrames().at(address))
                    .map(CallFrame::canonicalAddress)
                    .orElse(NO_FRAME);
        } catch (DwarfFormatException e) {
            return new Location.Missing("what tells of its frame is damaged: " + e.getMessage());
        }
    }

    private synchronized CallFrames debugFrames() {
        if (debugFrames == null) {
            debugFrames = CallFrames.ofDebugFrame(sections.frame(), sections.addressSize());
        }
        return debugFrames;
    }

    private synchronized CallFrames ehFrames() {
        if (ehFrames == null) {
            ehFrames = CallFrames.ofEhFrame(sections.ehFrame(), sections.ehFrameAddress(), sections.addressSize());
        }
        return ehFrames;
    }

    /** What expressions count from. */
    private final class Place implements ExpressionContext {
        private final Unit unit;
        private final long address;
        private final @Nullable Code function;
        private final boolean hasBase;

        /** @param hasBase whether the frame base may be asked for: not by its own expression */
        Place(Unit unit, long address, @Nullable Code function, boolean hasBase) {
            this.unit = unit;
            this.address = address;
            this.function = function;
            this.hasBase = hasBase;
        }

        @Override
        public int addressSize() {
            return unit.addressSize();
        }

        @Override
        public int offsetSize() {
            return unit.format64() ? 8 : 4;
        }

        @Override
        public Location frameBase() {
            if (function == null || !hasBase) {
                return NO_FRAME;
            }
            var inside = new Place(function.unit(), address, function, false);
            return switch (function.frameBase()) {
                case LocationAttribute.Expression(var bytes) -> Expressions.value(bytes, inside);
                case LocationAttribute.ListAt(var offset) ->
                    listed(offset, inside)
                            .map(bytes -> Expressions.value(bytes, inside))
                            .orElse(NO_FRAME);
                case LocationAttribute.None(), LocationAttribute.Constant(var _), LocationAttribute.Bytes(var _) ->
                    NO_FRAME;
            };
        }

        @Override
        public Location canonicalFrame() {
            return function == null ? NO_FRAME : UnitLocations.this.canonicalFrame(address);
        }

        @Override
        public OptionalLong indexedAddress(long index) {
            try {
                return OptionalLong.of(unit.indexedAddress(index));
            } catch (DwarfFormatException e) {
                return OptionalLong.empty();
            }
        }

        @Override
        public boolean atEntry() {
            return function != null && address == function.entry();
        }
    }
}
