package io.stapscope.capture;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.history.ProbeRecord;
import java.util.List;

/** The handlers of a script, as they are stored and shown. */
final class ProbeRecords {
    private ProbeRecords() {}

    static List<ProbeRecord> of(Plan plan) {
        return plan.handlers().stream().map(handler -> describe(plan, handler)).toList();
    }

    private static ProbeRecord describe(Plan plan, Handler handler) {
        var span = handler.span();
        boolean own = span.source().equals(plan.script());
        return new ProbeRecord(handler.id(), handler.point().text(), own ? span.line() : 0, own ? span.column() : 0);
    }
}
