package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.location.ExpressionContext;
import io.stapscope.debuginfo.dwarf.location.Expressions;
import io.stapscope.debuginfo.dwarf.location.Storage;
import io.stapscope.debuginfo.dwarf.location.Term;
import java.util.HashMap;
import java.util.OptionalLong;

/** Rules of a row become storages, now that the canonical frame address is known. */
final class FrameRules {
    private static final Storage.Missing LOST = new Storage.Missing("the caller's value is lost");

    private FrameRules() {}

    static CallFrame resolve(FrameRow row, CommonEntry common) {
        var expressions = new InFrame(common.addressSize());
        var canonical = canonicalAddress(row, expressions);
        var saved = new HashMap<Integer, Storage>();
        row.rules.forEach((register, rule) -> saved.put(register, storage(rule, canonical, expressions)));
        return new CallFrame(canonical, saved, common.returnColumn(), common.isSignal(), row.isReturnSigned);
    }

    private static Storage canonicalAddress(FrameRow row, ExpressionContext context) {
        var expression = row.expression;
        if (expression != null) {
            return Expressions.value(expression, context);
        }
        if (row.register < 0) {
            return new Storage.Missing("nothing tells where its frame is");
        }
        return new Storage.Computed(Term.plus(new Term.Register(row.register), row.offset));
    }

    private static Storage storage(Rule rule, Storage canonical, ExpressionContext context) {
        if (rule instanceof Rule.Undefined) {
            return LOST;
        }
        if (rule instanceof Rule.InRegister(var number)) {
            return new Storage.Computed(new Term.Register(number));
        }
        if (!(canonical instanceof Storage.Computed(var address))) {
            return canonical;
        }
        return switch (rule) {
            case Rule.SavedAt(var offset) -> new Storage.Memory(Term.plus(address, offset));
            case Rule.IsAddress(var offset) -> new Storage.Computed(Term.plus(address, offset));
            case Rule.SavedAtExpression(var expression) ->
                Expressions.value(expression, context, address) instanceof Storage.Computed(var at)
                        ? new Storage.Memory(at)
                        : LOST;
            case Rule.IsExpression(var expression) -> Expressions.value(expression, context, address);
            case Rule.InRegister _, Rule.Undefined _ -> LOST;
        };
    }

    /** Expressions of frames know registers and memory only. */
    private record InFrame(int addressSize) implements ExpressionContext {
        private static final Storage.Missing NONE = new Storage.Missing("a frame cannot be told by itself");

        @Override
        public int offsetSize() {
            return Integer.BYTES;
        }

        @Override
        public Storage frameBase() {
            return NONE;
        }

        @Override
        public Storage canonicalFrame() {
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
