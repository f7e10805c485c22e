package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.probe.CodeContext.Moment;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Function.Place;
import io.stapscope.host.program.Site;
import java.util.ArrayList;
import java.util.List;

/** {@code function("f").callee("q")}: the functions that one calls, as far as it is the one that calls them. */
final class CalleeSites {
    private final FunctionSites sites;
    private final Function caller;

    CalleeSites(FunctionSites sites, Function caller) {
        this.sites = sites;
        this.caller = caller;
    }

    void add() {
        for (var callee : sites.ground().program().callees(caller, sites.form().name())) {
            for (var place : callee.places()) {
                if (!place.inlined()) {
                    called(callee, place);
                } else if (caller.places().stream()
                        .anyMatch(own -> place.entry() >= own.entry() && place.end() <= own.end())) {
                    copied(callee, place);
                }
            }
        }
    }

    /** At its first instruction the return address shows who has called. */
    private void called(Function callee, Place place) {
        if (sites.place(callee, place.entry()) instanceof Site.At at) {
            var guard = new ContextVariable("caller", Type.LONG, "Whether it is called from there.", guard());
            var moment = place.start() == place.entry() ? Moment.INSIDE : Moment.ENTRY;
            add(
                    callee,
                    place.entry(),
                    at,
                    new CodeContext(sites.ground().program(), callee, at.address(), moment, guard));
        }
    }

    private void copied(Function callee, Place place) {
        if (sites.place(callee, place.start()) instanceof Site.At at) {
            var context = new CodeContext(sites.ground().program(), callee, at.address(), Moment.INSIDE, null);
            add(callee, place.start(), at, context);
        }
    }

    private void add(Function callee, long address, Site.At at, CodeContext context) {
        var text = sites.text(caller, ".callee(\"" + FunctionSites.named(callee) + "\")");
        sites.add(sites.ground().point(text, callee.name(), address, at, false, 0, context));
    }

    private Guard guard() {
        var ranges = new ArrayList<Extent>();
        for (var place : caller.places()) {
            if (!place.inlined()) {
                ranges.add(new Extent(place.entry(), place.end()));
            }
        }
        return new Guard(
                CallingConvention.of(sites.ground().program().machine()).returnAddress(), ranges);
    }

    /** Addresses, the end not included. */
    private record Extent(long start, long end) {}

    private record Guard(Value returnAddress, List<Extent> ranges) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            Expression any = new Expression.LongLiteral(span, 0);
            for (var range : ranges) {
                // The call is the last instruction of some callers: the address behind it is that of its end.
                var above = new Expression.Compare(span, Relation.GREATER, back(span), address(span, range.start()));
                var below =
                        new Expression.Compare(span, Relation.LESS_OR_EQUAL, back(span), address(span, range.end()));
                var within = new Expression.And(span, above, below);
                any = any instanceof Expression.LongLiteral ? within : new Expression.Or(span, any, within);
            }
            return any;
        }

        private Expression back(Span span) {
            return UserValues.of(span, returnAddress);
        }

        private static Expression address(Span span, long address) {
            return UserValues.of(span, new Value.Relocated(address));
        }
    }
}
