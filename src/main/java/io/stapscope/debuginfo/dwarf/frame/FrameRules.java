package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.location.ExpressionContext;
import io.stapscope.debuginfo.dwarf.location.Expressions;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import java.util.HashMap;
import java.util.OptionalLong;

/** Rules of a row become storages, now that the canonical frame address is known. */
final class FrameRules {
    private static final Location.Missing LOST = new Location.Missing("the caller's value is lost");

    private FrameRules() {}

    static CallFrame resolve(FrameRow row, CommonEntry common) {
        var expressions = new InFrame(common.addressSize());
        var canonical = canonicalAddress(row, expressions);
        var saved = new HashMap<Integer, Location>();
        row.rules.forEach((register, rule) -> saved.put(register, location(rule, canonical, expressions)));
        return new CallFrame(canonical, saved, common.returnColumn(), common.isSignal(), row.isReturnSigned);
    }

    private static Location canonicalAddress(FrameRow row, ExpressionContext context) {
        var expression = row.expression;
        if (expression != null) {
            return Expressions.value(expression, context);
        }
        if (row.register < 0) {
            return new Location.Missing("nothing tells where its frame is");
        }
        return new Location.Computed(Value.plus(new Value.Register(row.register), row.offset));
    }

    private static Location location(Rule rule, Location canonical, ExpressionContext context) {
        if (rule instanceof Rule.Undefined) {
            return LOST;
        }
        if (rule instanceof Rule.InRegister(var number)) {
            return new Location.Computed(new Value.Register(number));
        }
        if (!(canonical instanceof Location.Computed(var address))) {
            return canonical;
        }
        return switch (rule) {
            case Rule.SavedAt(var offset) -> new Location.Memory(Value.plus(address, offset));
            case Rule.IsAddress(var offset) -> new Location.Computed(Value.plus(address, offset));
            case Rule.SavedAtExpression(var expression) ->
                Expressions.value(expression, context, address) instanceof Location.Computed(var at)
                        ? new Location.Memory(at)
                        : LOST;
            case Rule.IsExpression(var expression) -> Expressions.value(expression, context, address);
            case Rule.InRegister _, Rule.Undefined _ -> LOST;
        };
    }

    /** Expressions of frames know registers and memory only. */
    private record InFrame(int addressSize) implements ExpressionContext {
        private static final Location.Missing NONE = new Location.Missing("a frame cannot be told by itself");

        @Override
        public int offsetSize() {
            return Integer.BYTES;
        }

        @Override
        public Location frameBase() {
            return NONE;
        }

        @Override
        public Location canonicalFrame() {
            return NONE;
        }

        @Override
        public OptionalLong indexedAddress(long index) {
            return OptionalLong.empty();
        }

        @Override
        public boolean atEntry() {
            return false;
        }
    }
}
