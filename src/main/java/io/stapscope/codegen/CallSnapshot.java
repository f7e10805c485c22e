package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.host.Host;
import io.stapscope.syscalls.FetchPlan;
import io.stapscope.syscalls.SnapshotLayout;
import io.stapscope.syscalls.SyscallTables;
import java.util.Collection;

/**
 * Copies what a system call is given: one loop follows the plan of the call's number, which lies in a table. An area's
 * address may have come with an area before it.
 *
 * <pre>
 * plan by number   0 u16 bytes of the snapshot   2 u16 first area   4 u16 number of areas
 * area             0 u16 address at   2 u16 count at   4 u16 goes to   6 u16 most bytes   8 u16 element   10 u16 flags
 * </pre>
 */
final class CallSnapshot {
    /** Beyond a snapshot: no offset and length that the verifier thinks possible leaves the memory. */
    static final int SLACK = 2048 + SnapshotLayout.LARGEST_AREA;

    private static final int OFFSETS = 2047;
    private static final int PLAN_SHIFT = 3;
    private static final int PLAN_FIRST = 2;
    private static final int PLAN_COUNT = 4;
    private static final int AREA_SHIFT = 4;
    private static final int AREA_ADDRESS = 0;
    private static final int AREA_COUNT = 2;
    private static final int AREA_TO = 4;
    private static final int AREA_MOST = 6;
    private static final int AREA_ELEMENT = 8;
    private static final int AREA_FLAGS = 10;
    private static final int STRING = 1;
    private static final int NARROW = 2;
    private static final int PAGE = 4096;

    private final Emitter emitter;

    CallSnapshot(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Bytes of the largest snapshot that a handler's point can give. */
    static int width(Handler handler, Host host) {
        var tables = SyscallTables.of(host.syscalls(), host.architecture());
        Collection<Integer> numbers = handler.point() instanceof ProbePoint.SystemCall call
                        && !call.numbers().isEmpty()
                ? call.numbers()
                : tables.names().keySet();
        return numbers.stream()
                .mapToInt(number -> tables.describe(number).plan().size())
                .max()
                .orElse(SnapshotLayout.AREAS);
    }

    /** Where the parts of the table lie in the constants. */
    private record Table(int plans, int rows, int areas, int areaCount) {}

    private Table table() {
        var tables = SyscallTables.of(emitter.host.syscalls(), emitter.host.architecture());
        var plans = new StringBuilder();
        var areas = new StringBuilder();
        int rows = tables.names().isEmpty() ? 0 : tables.names().lastKey() + 1;
        int next = 0;
        for (int number = 0; number < rows; number++) {
            var plan = tables.describe(number).plan();
            half(plans, plan.size(), next, plan.areas().size(), 0);
            plan.areas().forEach(area -> append(areas, area));
            next += plan.areas().size();
        }
        return new Table(emitter.constants.add(plans.toString()), rows, emitter.constants.add(areas.toString()), next);
    }

    private static void append(StringBuilder areas, FetchPlan.Area area) {
        int flags = (area.string() ? STRING : 0) | (area.narrow() ? NARROW : 0);
        half(areas, area.address(), area.count(), area.at(), area.most(), area.element(), flags, 0, 0);
    }

    private static void half(StringBuilder to, int... values) {
        for (int value : values) {
            to.append((char) (value & 0xff)).append((char) (value >> 8 & 0xff));
        }
    }

    /**
     * Fetches into the scratch memory, where {@link #SLACK} bytes follow; changes R0 to R5.
     *
     * @param used on the stack; gets how many bytes of the snapshot are used
     */
    void fetch(Place.Direct to, int used) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        var table = table();
        var done = emitter.label("snapshot is complete");
        registers(to);
        code.store(Width.DOUBLE, Emitter.FRAME, used, SnapshotLayout.AREAS);
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.NUMBER);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R0, table.rows(), done);
        plan(table);
        int next = emitter.frame.allocateSlot();
        int end = emitter.frame.allocateSlot();
        int index = emitter.frame.allocateSlot();
        code.load(Width.HALF, Register.R2, Register.R1, PLAN_FIRST);
        code.load(Width.HALF, Register.R3, Register.R1, PLAN_COUNT);
        code.store(Width.DOUBLE, Emitter.FRAME, next, Register.R2);
        code.arithmetic(Arithmetic.ADD, Register.R3, Register.R2);
        code.store(Width.DOUBLE, Emitter.FRAME, end, Register.R3);
        code.store(Width.DOUBLE, Emitter.FRAME, index, 0);
        var loop = emitter.label("next area");
        code.place(loop);
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, index);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R0, SnapshotLayout.MOST_AREAS, done);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, next);
        code.load(Width.DOUBLE, Register.R2, Emitter.FRAME, end);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R1, Register.R2, done);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R1, Math.max(1, table.areaCount()), done);
        area(table, to, used);
        status(to, index);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, index);
        code.arithmetic(Arithmetic.ADD, Register.R1, 1);
        code.store(Width.DOUBLE, Emitter.FRAME, index, Register.R1);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, next);
        code.arithmetic(Arithmetic.ADD, Register.R1, 1);
        code.store(Width.DOUBLE, Emitter.FRAME, next, Register.R1);
        code.jump(loop);
        code.place(done);
        emitter.frame.release(mark);
    }

    private void registers(Place.Direct to) {
        var code = emitter.code;
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.NUMBER);
        emitter.store(to.at(SnapshotLayout.NUMBER), Register.R0);
        for (int number = 1; number <= 6; number++) {
            emitter.task.loadArgument(Register.R0, number);
            emitter.store(to.at(SnapshotLayout.ARGUMENTS + 8 * (number - 1)), Register.R0);
        }
        for (int offset = SnapshotLayout.STATUS; offset < SnapshotLayout.AREAS; offset += 8) {
            emitter.store(to.at(offset), 0);
        }
    }

    /** {@code R1 = plan} of the number in R0. */
    private void plan(Table table) {
        var code = emitter.code;
        code.loadMapValue(Register.R1, MapNames.CONSTANTS, table.plans());
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R0, PLAN_SHIFT);
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R0);
    }

    /** {@code R0 = bytes that were fetched}, of the area whose number is in R1; negative after a fault. */
    private void area(Table table, Place.Direct to, int used) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        int address = emitter.frame.allocateSlot();
        int length = emitter.frame.allocateSlot();
        int place = emitter.frame.allocateSlot();
        code.loadMapValue(Register.R3, MapNames.CONSTANTS, table.areas());
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R1, AREA_SHIFT);
        code.arithmetic(Arithmetic.ADD, Register.R3, Register.R1);
        loadAt(Register.R4, AREA_ADDRESS, to);
        code.store(Width.DOUBLE, Emitter.FRAME, address, Register.R4);
        length(to);
        code.store(Width.DOUBLE, Emitter.FRAME, length, Register.R2);
        place(Register.R1, AREA_TO);
        code.arithmetic(Arithmetic.ADD, Register.R1, to.offset());
        code.store(Width.DOUBLE, Emitter.FRAME, place, Register.R1);
        code.load(Width.HALF, Register.R5, Register.R3, AREA_FLAGS);
        code.load(Width.DOUBLE, Register.R3, Emitter.FRAME, address);
        var string = emitter.label("a string");
        var end = emitter.label("area was fetched");
        code.jump(Condition.ANY_BIT, Register.R5, STRING, string);
        bytes(address, length, place);
        code.jump(end);
        code.place(string);
        code.call(Helper.PROBE_READ_USER_STR);
        code.place(end);
        use(to, place, used);
        emitter.frame.release(mark);
    }

    /** The snapshot goes up to the last byte of the last area that was fetched. */
    private void use(Place.Direct to, int place, int used) {
        var code = emitter.code;
        var nothing = emitter.label("nothing was fetched");
        code.jump(Condition.LESS, Register.R0, 0, nothing);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, place);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R1, Emitter.SCRATCH);
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R0);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R1, to.offset());
        code.store(Width.DOUBLE, Emitter.FRAME, used, Register.R1);
        code.place(nothing);
    }

    /** {@code R0 = R2 or -1}: what crosses into a page that is not there is read up to its beginning. */
    private void bytes(int address, int length, int place) {
        var code = emitter.code;
        var fault = emitter.label("fault");
        var end = emitter.label("bytes were fetched");
        var read = emitter.label("bytes were read");
        code.call(Helper.PROBE_READ_USER);
        code.jump(Condition.EQUAL, Register.R0, 0, read);
        code.load(Width.DOUBLE, Register.R3, Emitter.FRAME, address);
        code.move(Register.R1, Register.R3);
        code.arithmetic(Arithmetic.AND, Register.R1, PAGE - 1);
        code.move(Register.R2, PAGE);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R2, Register.R1);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, length);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R2, Register.R1, fault);
        code.jump(Condition.ABOVE, Register.R2, SnapshotLayout.LARGEST_AREA, fault);
        code.store(Width.DOUBLE, Emitter.FRAME, length, Register.R2);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, place);
        code.call(Helper.PROBE_READ_USER);
        code.jump(Condition.EQUAL, Register.R0, 0, read);
        code.place(fault);
        code.move(Register.R0, SnapshotLayout.FAULT);
        code.jump(end);
        code.place(read);
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, length);
        code.place(end);
    }

    /** {@code R2 = bytes wanted} by the area at R3; changes R0, R1 and R5. */
    private void length(Place.Direct to) {
        var code = emitter.code;
        var known = emitter.label("length is known");
        var wide = emitter.label("count is wide");
        var bounded = emitter.label("length is in bounds");
        code.load(Width.HALF, Register.R2, Register.R3, AREA_MOST);
        code.load(Width.HALF, Register.R1, Register.R3, AREA_COUNT);
        code.jump(Condition.EQUAL, Register.R1, 0, known);
        loadAt(Register.R5, AREA_COUNT, to);
        code.load(Width.HALF, Register.R0, Register.R3, AREA_FLAGS);
        code.arithmetic(Arithmetic.AND, Register.R0, NARROW);
        code.jump(Condition.EQUAL, Register.R0, 0, wide);
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R5, 32);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R5, 32);
        code.place(wide);
        code.jump(Condition.ABOVE, Register.R5, Register.R2, known);
        code.load(Width.HALF, Register.R0, Register.R3, AREA_ELEMENT);
        code.arithmetic(Arithmetic.MULTIPLY, Register.R5, Register.R0);
        code.jump(Condition.ABOVE, Register.R5, Register.R2, known);
        code.move(Register.R2, Register.R5);
        code.place(known);
        code.jump(Condition.BELOW_OR_EQUAL, Register.R2, SnapshotLayout.LARGEST_AREA, bounded);
        code.move(Register.R2, SnapshotLayout.LARGEST_AREA);
        code.place(bounded);
    }

    /** Writes R0 as the status of the area with the index in a slot. */
    private void status(Place.Direct to, int index) {
        var code = emitter.code;
        var outside = emitter.label("no such area");
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, index);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R1, SnapshotLayout.MOST_AREAS, outside);
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R1, 1);
        code.arithmetic(Arithmetic.ADD, Register.R1, Emitter.SCRATCH);
        code.store(Width.HALF, Register.R1, to.offset() + SnapshotLayout.STATUS, Register.R0);
        code.place(outside);
    }

    /** {@code R0 = bytes of the snapshot}, at most {@code width}. */
    void size(int used, int width) {
        var code = emitter.code;
        var bounded = emitter.label("size is in bounds");
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, used);
        code.jump(Condition.BELOW_OR_EQUAL, Register.R0, width, bounded);
        code.move(Register.R0, width);
        code.place(bounded);
    }

    /** {@code to = word of the snapshot} whose offset the area at R3 has; changes R1. */
    private void loadAt(Register to, int field, Place.Direct base) {
        place(Register.R1, field);
        emitter.code.load(Width.DOUBLE, to, Register.R1, base.offset());
    }

    /** {@code to = scratch + offset} that the area at R3 has. */
    private void place(Register to, int field) {
        emitter.code.load(Width.HALF, to, Register.R3, field);
        emitter.code.arithmetic(Arithmetic.AND, to, OFFSETS);
        emitter.code.arithmetic(Arithmetic.ADD, to, Emitter.SCRATCH);
    }
}
