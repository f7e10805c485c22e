package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Assembler;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.Layouts;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.Host;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one program share while it is written. Registers are fixed: R6 the task the event is about, R7 the
 * user's registers (system calls) or the context (other tracepoints, counters), R8 this CPU's counters, R9 the scratch memory; values are computed in R0, with R1
 * to R5 free.
 */
final class Emitter {
    static final Register TASK = Register.R6;
    static final Register USER_REGISTERS = Register.R7;
    /** The context of tracepoints, counters and places in programs; they have no use for the user's registers. */
    static final Register CONTEXT = Register.R7;

    static final Register COUNTERS = Register.R8;
    static final Register SCRATCH = Register.R9;
    static final Register FRAME = Register.R10;

    final Plan plan;
    final Host host;
    final Layouts layouts;
    final Records records;
    final Origins origins;
    final Constants constants;
    final Interruptions interruptions;

    /** Rows that the program adds to. */
    final CounterLayout.Block counters;

    final Hook hook;

    /** Number of the program among all of the script. */
    final int program;

    final Assembler code;
    final Frame frame;
    final Unwinding unwinding;
    final Scopes scopes;
    final TaskFields task;
    final CodeValues codeValues = new CodeValues(this);
    final Invocations invocations = new Invocations(this);
    final Longs longs;
    final Conditions conditions;
    final Strings strings;
    final Formatting formatting;
    final Tables tables;
    final Memory memory;
    final Stacks stacks;
    final Processes processes = new Processes(this);
    final CallSnapshot snapshot;
    final Keys keys;
    final Arrays arrays;
    final Statistics statistics;
    final RecordCode events;
    final SoftErrors errors;
    final Statements statements;

    private @Nullable Handler handler;

    Emitter(
            Plan plan,
            Host host,
            Layouts layouts,
            Records records,
            Origins origins,
            Constants constants,
            Interruptions interruptions,
            CounterLayout.Block counters,
            Hook hook,
            int program) {
        this.plan = plan;
        this.host = host;
        this.layouts = layouts;
        this.records = records;
        this.origins = origins;
        this.constants = constants;
        this.interruptions = interruptions;
        this.counters = counters;
        this.hook = hook;
        this.program = program;
        code = new Assembler();
        frame = new Frame();
        unwinding = new Unwinding(this);
        scopes = new Scopes(this);
        task = new TaskFields(this);
        longs = new Longs(this);
        conditions = new Conditions(this);
        strings = new Strings(this);
        formatting = new Formatting(this);
        tables = new Tables(this);
        memory = new Memory(this);
        stacks = new Stacks(this);
        snapshot = new CallSnapshot(this);
        keys = new Keys(this);
        arrays = new Arrays(this);
        statistics = new Statistics(this);
        events = new RecordCode(this);
        errors = new SoftErrors(this);
        statements = new Statements(this);
    }

    Handler handler() {
        var current = handler;
        if (current == null) {
            throw new IllegalStateException("outside a handler");
        }
        return current;
    }

    void begin(Handler next) {
        handler = next;
    }

    /** What follows belongs to no handler. */
    void end() {
        handler = null;
    }

    /** The instructions that follow come from here. */
    void origin(Span span) {
        code.origin(origins.number(span));
    }

    /** {@code to = address of place}; changes nothing else. */
    void address(Register to, Place place) {
        switch (place) {
            case Place.Direct(var base, var offset) -> {
                code.move(to, base);
                if (offset != 0) {
                    code.arithmetic(Arithmetic.ADD, to, offset);
                }
            }
            case Place.Indirect(var slot, var offset) -> {
                code.load(Width.DOUBLE, to, FRAME, slot);
                if (offset != 0) {
                    code.arithmetic(Arithmetic.ADD, to, offset);
                }
            }
        }
    }

    void load(Register to, Place place) {
        switch (place) {
            case Place.Direct(var base, var offset) -> code.load(Width.DOUBLE, to, base, offset);
            case Place.Indirect(var slot, var offset) -> {
                code.load(Width.DOUBLE, to, FRAME, slot);
                code.load(Width.DOUBLE, to, to, offset);
            }
        }
    }

    /** Stores a register; changes R5 when the place is indirect. */
    void store(Place place, Register from) {
        switch (place) {
            case Place.Direct(var base, var offset) -> code.store(Width.DOUBLE, base, offset, from);
            case Place.Indirect(var slot, var offset) -> {
                code.load(Width.DOUBLE, Register.R5, FRAME, slot);
                code.store(Width.DOUBLE, Register.R5, offset, from);
            }
        }
    }

    /** Stores eight bytes; changes R5 when the place is indirect. */
    void store(Place place, int value) {
        switch (place) {
            case Place.Direct(var base, var offset) -> code.store(Width.DOUBLE, base, offset, value);
            case Place.Indirect(var slot, var offset) -> {
                code.load(Width.DOUBLE, Register.R5, FRAME, slot);
                code.store(Width.DOUBLE, Register.R5, offset, value);
            }
        }
    }

    /** Within a handler also what this one lost. Changes R1. */
    void count(Counter counter) {
        increment(counter.offset());
        if (counter.isLoss() && handler != null) {
            increment(counters.lost(handler.id()));
        }
    }

    /** Changes R1. */
    void countHit() {
        increment(counters.hits(handler().id()));
    }

    /** What a handler lost before it began. Changes R1. */
    void countLost(Handler of) {
        increment(counters.lost(of.id()));
    }

    private void increment(int offset) {
        // Rows of thousands of handlers are longer than the offset of an instruction may be.
        int far = offset > Short.MAX_VALUE ? offset : 0;
        if (far > 0) {
            code.arithmetic(Arithmetic.ADD, COUNTERS, far);
        }
        code.load(Width.DOUBLE, Register.R1, COUNTERS, offset - far);
        code.arithmetic(Arithmetic.ADD, Register.R1, 1);
        code.store(Width.DOUBLE, COUNTERS, offset - far, Register.R1);
        if (far > 0) {
            code.arithmetic(Arithmetic.SUBTRACT, COUNTERS, far);
        }
    }

    /** {@code R0 = element or 0} for the key at a place. */
    void lookup(String map, Place key) {
        code.loadMap(Register.R1, map);
        address(Register.R2, key);
        code.call(Helper.MAP_LOOKUP_ELEM);
    }

    /** {@code to = *(session + offset)}. */
    void loadSession(Width width, Register to, int offset) {
        code.loadMapValue(to, MapNames.SESSION, offset);
        code.load(width, to, to, 0);
    }

    /**
     * Makes the pointer to what is kept for the task, once in a program; it stays 0 when there is nothing. Leaves it in
     * R0.
     *
     * @param create whether a task without anything gets an empty one
     */
    void fetchTaskStorage(boolean create) {
        var fetched = code.label("task storage");
        code.load(Width.DOUBLE, Register.R0, FRAME, Frame.TASK);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, fetched);
        code.loadMap(Register.R1, MapNames.TASKS);
        code.move(Register.R2, TASK);
        code.move(Register.R3, 0);
        code.move(Register.R4, create ? 1 : 0);
        code.call(Helper.TASK_STORAGE_GET);
        code.store(Width.DOUBLE, FRAME, Frame.TASK, Register.R0);
        code.place(fetched);
    }

    Label label(String name) {
        return code.label(name);
    }
}
