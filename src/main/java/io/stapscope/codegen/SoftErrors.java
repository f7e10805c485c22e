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
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves handlers by soft errors: an error record, the count of errors, and the end of the run when it is too many. */
final class SoftErrors {
    private static final int SIZE = RecordLayout.FIELDS + 8;
    private static final List<Field> DETAIL = List.of(new Field(Type.LONG, RecordLayout.FIELDS, 8, false));

    private final Emitter emitter;
    private Label report;
    private Label settle;
    private boolean reports;
    private boolean settles;
    private final Deque<Attempt> attempts = new ArrayDeque<>();

    /**
     * A {@code try} under way.
     *
     * @param depth of {@link Unwinding} where its {@code catch} begins
     */
    private record Attempt(Label caught, Place.@Nullable Direct message, int width, int depth) {}

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
        attempts.clear();
    }

    void divisionByZero(Expression.Binary division) {
        emitter.code.move(Register.R0, 0);
        leave(division.span(), text(SoftErrorText.divisionByZero(division)));
    }

    void arrayOverflow(Global global, Span span) {
        emitter.code.move(Register.R0, 0);
        leave(span, text(SoftErrorText.arrayOverflow(global, span, emitter.plan.limits())));
    }

    /** Nothing catches it: the handler has no statements left. */
    void tooManyStatements(Span span) {
        emitter.code.move(Register.R0, 0);
        report(span, text(SoftErrorText.tooManyStatements(span)));
    }

    /** The address is in R0. */
    void readFault(Span span) {
        fault(SoftErrorText.readFault(0, span), span);
    }

    /** The address is in R0. */
    void loadFault(Span span) {
        fault(SoftErrorText.loadFault(0, span), span);
    }

    private void fault(String whole, Span span) {
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

    /**
     * What follows, up to {@link #closeTry}, sends its errors to a label.
     *
     * @param message takes the text of the error without its place, null when nobody reads it
     */
    void openTry(Label caught, @Nullable Local message) {
        var place = message == null ? null : emitter.scopes.place(message);
        attempts.push(new Attempt(caught, place, message == null ? 0 : message.width(), emitter.unwinding.depth()));
    }

    void closeTry() {
        attempts.pop();
    }

    /** Goes to the {@code catch} with the detail in R0. */
    private void toCatch(Attempt attempt, Format format) {
        var message = attempt.message();
        if (message != null) {
            tell(message, attempt.width(), format);
        }
        emitter.unwinding.emit(attempt.depth());
        emitter.code.jump(attempt.caught());
    }

    private void tell(Place.Direct message, int width, Format format) {
        var first = format.pieces().getFirst();
        var text = first instanceof Text(var words) ? SoftErrorText.withoutPlace(words) : "";
        if (format.pieces().size() == 1) {
            emitter.strings.literal(text, message, width);
        } else {
            // The address that cannot be read.
            emitter.formatting.writeDetail(text + "%016llx", message, width);
        }
    }

    /** Goes to the report with the detail in R0. */
    private void leave(Span span, Format format) {
        emitter.origin(span);
        var attempt = attempts.peek();
        if (attempt != null) {
            toCatch(attempt, format);
        } else {
            report(span, format);
        }
    }

    private void report(Span span, Format format) {
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
        var attempt = attempts.peek();
        if (attempt != null) {
            if (attempt.message() != null) {
                emitter.strings.evaluate(raise.message(), attempt.message(), attempt.width());
            }
            emitter.unwinding.emit(attempt.depth());
            emitter.code.jump(attempt.caught());
            return;
        }
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
        emitter.count(Counter.EVENTS);
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
