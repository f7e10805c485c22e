package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Global;
import java.util.List;

/** Copies of a global with some facts replaced. */
final class Globals {
    private Globals() {}

    static Global withWidths(Global g, List<Integer> keyWidths, int valueWidth) {
        return new Global(
                g.id(),
                g.name(),
                g.span(),
                g.keys(),
                keyWidths,
                g.keyKinds(),
                g.value(),
                valueWidth,
                g.capacity(),
                g.wrap(),
                g.linear(),
                g.initial(),
                g.place(),
                g.counter(),
                g.displayedAtEnd(),
                g.unit(),
                g.varianceShift());
    }

    static Global withUse(
            Global g, List<Global.KeyKind> kinds, Global.Unit unit, boolean counter, boolean displayedAtEnd) {
        return new Global(
                g.id(),
                g.name(),
                g.span(),
                g.keys(),
                g.keyWidths(),
                kinds,
                g.value(),
                g.valueWidth(),
                g.capacity(),
                g.wrap(),
                g.linear(),
                g.initial(),
                g.place(),
                counter,
                displayedAtEnd,
                unit,
                g.varianceShift());
    }

    static Global withPlace(Global g, Global.Place place) {
        return new Global(
                g.id(),
                g.name(),
                g.span(),
                g.keys(),
                g.keyWidths(),
                g.keyKinds(),
                g.value(),
                g.valueWidth(),
                g.capacity(),
                g.wrap(),
                g.linear(),
                g.initial(),
                place,
                g.counter(),
                g.displayedAtEnd(),
                g.unit(),
                g.varianceShift());
    }
}
