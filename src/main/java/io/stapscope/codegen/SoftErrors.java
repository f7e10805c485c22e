package io.stapscope.codegen;

import io.stapscope.bpf.Atomic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.RecordSpec.Field;
import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.RecordLayout;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Text;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;

/** Leaves handlers by soft errors: an error record, the count of errors, and the end of the run when it is too many. */
final class SoftErrors {
    private static final int SIZE = RecordLayout.FIELDS + 8;
    private static final List<Field> DETAIL = List.of(new Field(Type.LONG, RecordLayout.FIELDS, 8));

    private final Emitter emitter;
    private Label report;
    private Label settle;
    private boolean reports;
    private boolean settles;

    SoftErrors(Emitter emitter) {
        this.emitter = emitter;
        this.report = emitter.label("report soft error");
        this.settle = emitter.label("count soft error");
    }

    void begin() {
        report = emitter.label("report soft error");
        settle = emitter.label("count soft error");
        reports = false;
        settles = false;
    }

    void divisionByZero(Expression.Binary division) {
        emitter.code.move(Register.R0, 0);
        leave(division.span(), text(SoftErrorText.divisionByZero(division)));
    }

    void arrayOverflow(Global global, Span span) {
        emitter.code.move(Register.R0, 0);
        leave(span, text(SoftErrorText.arrayOverflow(global, span, emitter.plan.limits())));
    }

    void tooManyStatements(Span span) {
        emitter.code.move(Register.R0, 0);
        leave(span, text(SoftErrorText.tooManyStatements(span)));
    }

    /** The address is in R0. */
    void readFault(Span span) {
        var whole = SoftErrorText.readFault(0, span);
        var zeros = "0000000000000000";
        int at = whole.indexOf(zeros);
        var address = new Directive(Conversion.HEX, '0', zeros.length(), false, -1, false);
        leave(
                span,
                new Format(List.of(
                        new Text(whole.substring(0, at)), address, new Text(whole.substring(at + zeros.length())))));
    }

    private static Format text(String text) {
        return new Format(List.of(new Text(text)));
    }

    /** Goes to the report with the detail in R0. */
    private void leave(Span span, Format format) {
        emitter.origin(span);
        var handler = emitter.handler().id();
        var spec = emitter.records.add(Kind.ERROR, span, handler, DETAIL, SIZE, format);
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, Frame.ERROR_RECORD, spec.id());
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, Frame.ERROR_DETAIL, Register.R0);
        emitter.unwinding.emit(0);
        emitter.code.jump(report);
        reports = true;
    }

    /** {@code error("...")}: its record carries the message itself. */
    void raise(Statement.Raise raise) {
        var plain = new Format(List.of(Directive.plain(Conversion.STRING)));
        emitter.events.send(Kind.ERROR, raise.span(), List.of(raise.message()), plain);
        emitter.unwinding.emit(0);
        emitter.code.jump(settle);
        settles = true;
    }

    /** What the handler's errors share; stands behind its end. */
    void finish(Label handlerEnd) {
        if (!reports && !settles) {
            return;
        }
        var code = emitter.code;
        code.jump(handlerEnd);
        if (reports) {
            code.place(report);
            sendReport();
        }
        code.place(settle);
        settle(handlerEnd);
    }

    private void sendReport() {
        var code = emitter.code;
        var lost = emitter.label("report is lost");
        code.loadMap(Register.R1, MapNames.EVENTS);
        code.move(Register.R2, SIZE);
        code.move(Register.R3, 0);
        code.call(Helper.RINGBUF_RESERVE);
        code.jump(Condition.EQUAL, Register.R0, 0, lost);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, Frame.ERROR_RECORD);
        code.store(Width.HALF, Register.R0, RecordLayout.ID, Register.R1);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, Frame.ERROR_DETAIL);
        code.store(Width.DOUBLE, Register.R0, RecordLayout.FIELDS, Register.R1);
        emitter.events.submit(true);
        code.jump(settle);
        code.place(lost);
        emitter.count(Counter.LOST_EVENTS);
    }

    private void settle(Label handlerEnd) {
        var code = emitter.code;
        emitter.count(Counter.SOFT_ERRORS);
        code.loadMapValue(Register.R2, MapNames.SESSION, SessionLayout.ERRORS);
        code.move(Register.R1, 1);
        code.atomic(Atomic.FETCH_ADD, Width.WORD, Register.R2, 0, Register.R1);
        code.jump(Condition.BELOW, Register.R1, emitter.plan.limits().maxErrors(), handlerEnd);
        stop(SessionLayout.ERROR);
        code.jump(handlerEnd);
    }

    /** Lets no other handler start; a run that is stopping already keeps its reason. Changes R0 to R2. */
    void stop(int state) {
        var code = emitter.code;
        code.loadMapValue(Register.R2, MapNames.SESSION, SessionLayout.STATE);
        code.move(Register.R0, SessionLayout.RUNNING);
        code.move(Register.R1, state);
        code.atomic(Atomic.COMPARE_EXCHANGE, Width.WORD, Register.R2, 0, Register.R1);
    }
}
