package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.RecordSpec.Field;
import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.codegen.layout.Align;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.RecordLayout;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Sends records through the ring buffer. */
final class RecordCode {
    /** Larger records are built aside and sent cut to what they use. */
    private static final int LARGEST_RESERVED = 256;

    private static final int NO_WAKEUP = 1;
    private static final int FORCE_WAKEUP = 2;

    private final Emitter emitter;
    /** Where the bytes of the snapshot in the record that is being built are counted. */
    private int used;

    RecordCode(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Sends the values; a full ring counts as a lost event and the handler goes on. */
    void send(Kind kind, Span span, List<Expression> values, Format format) {
        var fields = layOut(values);
        int size = fields.stream()
                .mapToInt(field -> field.offset() + Align.toWords(field.width()))
                .max()
                .orElse(RecordLayout.FIELDS);
        var spec = emitter.records.add(kind, span, emitter.handler().id(), fields, size, format);
        boolean wake =
                kind == Kind.ERROR || kind == Kind.EXIT || values.stream().anyMatch(RecordCode::isOfLiving);
        var mark = emitter.frame.mark();
        if (size <= LARGEST_RESERVED && values.stream().noneMatch(RecordCode::isBinary)) {
            sendReserved(spec, values, wake);
        } else {
            sendBuilt(spec, values, wake);
        }
        emitter.frame.release(mark);
    }

    /** Numbers and short strings first; the longest string last, where it can be cut. */
    private List<Field> layOut(List<Expression> values) {
        var widths = new ArrayList<Integer>();
        int longest = -1;
        for (var value : values) {
            int width = value.type() == Type.LONG ? 8 : emitter.strings.width(value);
            if (value.type() == Type.STRING
                    && !(value instanceof Expression.Stack)
                    && (longest < 0 || isBinary(value) || width > widths.get(longest))
                    && (longest < 0 || !isBinary(values.get(longest)))) {
                longest = widths.size();
            }
            widths.add(width);
        }
        int next = RecordLayout.FIELDS;
        var offsets = new int[values.size()];
        for (int i = 0; i < values.size(); i++) {
            if (i != longest) {
                offsets[i] = next;
                next += Align.toWords(widths.get(i));
            }
        }
        if (longest >= 0) {
            offsets[longest] = next;
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < values.size(); i++) {
            fields.add(new Field(values.get(i).type(), offsets[i], widths.get(i), hasZeros(values.get(i))));
        }
        return fields;
    }

    /** What a system call is given has NULs inside; there is one of it in a record. */
    private static boolean isBinary(Expression value) {
        return value instanceof Expression.Snapshot;
    }

    /** The names of a process's addresses can be found while it lives. */
    private static boolean isOfLiving(Expression value) {
        return value instanceof Expression.Stack(var _, var space) && space == Expression.Space.USER;
    }

    /** A stack has its own place, wherever that is, and fills it. */
    private static boolean hasZeros(Expression value) {
        return isBinary(value) || value instanceof Expression.Stack;
    }

    private void sendReserved(RecordSpec spec, List<Expression> values, boolean wake) {
        var code = emitter.code;
        var lost = emitter.label("event is lost");
        var end = emitter.label("event was sent");
        int slot = emitter.frame.allocateSlot();
        emitter.origin(spec.span());
        code.loadMap(Register.R1, MapNames.EVENTS);
        code.move(Register.R2, spec.size());
        code.move(Register.R3, 0);
        code.call(Helper.RINGBUF_RESERVE);
        code.jump(Condition.EQUAL, Register.R0, 0, lost);
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
        code.store(Width.HALF, Register.R0, RecordLayout.ID, spec.id());
        emitter.unwinding.openRecord(slot);
        fill(spec, values, new Place.Indirect(slot, 0));
        emitter.origin(spec.span());
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, slot);
        submit(wake);
        emitter.unwinding.close();
        code.jump(end);
        code.place(lost);
        emitter.count(Counter.EVENTS);
        emitter.count(Counter.LOST_EVENTS);
        code.place(end);
    }

    private void fill(RecordSpec spec, List<Expression> values, Place record) {
        for (int i = 0; i < values.size(); i++) {
            var field = spec.fields().get(i);
            var to = record.at(field.offset());
            if (isBinary(values.get(i))) {
                emitter.snapshot.fetch((Place.Direct) to, used);
            } else if (field.type() == Type.LONG) {
                emitter.longs.evaluate(values.get(i));
                emitter.store(to, Register.R0);
            } else {
                emitter.strings.evaluate(values.get(i), to, field.width());
            }
        }
    }

    /** Completes and submits the reserved record at R0, whose id and fields are written. */
    void submit(boolean wake) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        int slot = emitter.frame.allocateSlot();
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
        writeHead(new Place.Indirect(slot, 0));
        emitter.count(Counter.EVENTS);
        wakeup(wake);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, slot);
        code.call(Helper.RINGBUF_SUBMIT);
        emitter.frame.release(mark);
    }

    private void writeHead(Place record) {
        var code = emitter.code;
        code.call(Helper.KTIME_GET_NS);
        emitter.address(Register.R1, record);
        code.store(Width.DOUBLE, Register.R1, RecordLayout.TIME, Register.R0);
        code.load(Width.DOUBLE, Register.R2, Emitter.FRAME, Frame.CPU);
        code.store(Width.HALF, Register.R1, RecordLayout.CPU, Register.R2);
        emitter.task.load(Width.WORD, Register.R2, Emitter.TASK, "tgid");
        code.store(Width.WORD, Register.R1, RecordLayout.PID, Register.R2);
    }

    /** {@code R2 = flags}: the reader drains by the clock and is woken only when the ring is half full. */
    private void wakeup(boolean force) {
        var code = emitter.code;
        if (force) {
            code.move(Register.R2, FORCE_WAKEUP);
            return;
        }
        var end = emitter.label("wakeup decided");
        code.loadMap(Register.R1, MapNames.EVENTS);
        code.move(Register.R2, 0);
        code.call(Helper.RINGBUF_QUERY);
        code.move(Register.R2, NO_WAKEUP);
        code.jump(Condition.BELOW, Register.R0, emitter.plan.limits().ringBytes() / 2, end);
        code.move(Register.R2, FORCE_WAKEUP);
        code.place(end);
    }

    /** Builds a large record aside and sends it without the unused end of its last string. */
    private void sendBuilt(RecordSpec spec, List<Expression> values, boolean wake) {
        var code = emitter.code;
        boolean binary = values.stream().anyMatch(RecordCode::isBinary);
        var record = emitter.frame.allocateScratch(spec.size() + (binary ? CallSnapshot.SLACK : 0));
        used = binary ? emitter.frame.allocateSlot() : 0;
        var flags = emitter.frame.allocate(8);
        emitter.origin(spec.span());
        emitter.store(record, spec.id());
        fill(spec, values, record);
        emitter.origin(spec.span());
        writeHead(record);
        wakeup(wake);
        emitter.store(flags, Register.R2);
        usedBytes(spec, values, record);
        code.move(Register.R3, Register.R0);
        emitter.count(Counter.EVENTS);
        code.loadMap(Register.R1, MapNames.EVENTS);
        emitter.address(Register.R2, record);
        emitter.load(Register.R4, flags);
        code.call(Helper.RINGBUF_OUTPUT);
        Label sent = emitter.label("event was sent");
        code.jump(Condition.EQUAL, Register.R0, 0, sent);
        emitter.count(Counter.LOST_EVENTS);
        code.place(sent);
    }

    /** {@code R0 = bytes to send}. */
    private void usedBytes(RecordSpec spec, List<Expression> values, Place.Direct record) {
        Field last = null;
        for (var field : spec.fields()) {
            if (last == null || field.offset() > last.offset()) {
                last = field;
            }
        }
        if (last == null
                || last.type() == Type.LONG
                || values.get(spec.fields().indexOf(last)) instanceof Expression.Stack) {
            emitter.code.move(Register.R0, spec.size());
            return;
        }
        if (last.binary()) {
            emitter.snapshot.size(used, last.width());
            emitter.code.arithmetic(Arithmetic.ADD, Register.R0, last.offset());
            return;
        }
        emitter.strings.measure(record.at(last.offset()), last.width());
        emitter.code.arithmetic(Arithmetic.ADD, Register.R0, last.offset() + 1);
    }
}
