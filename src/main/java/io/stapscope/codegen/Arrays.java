package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Atomic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.ArrayLayout;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and writes the elements of arrays. */
final class Arrays {
    private static final int NO_EXIST = 1;
    private static final int ERRNO_ABSENT = -2;
    private static final int ERRNO_EXIST = -17;
    private static final int ERRNO_TOO_BIG = -7;

    private final Emitter emitter;
    private final ThreadElements ofThreads;

    Arrays(Emitter emitter) {
        this.emitter = emitter;
        ofThreads = new ThreadElements(emitter);
    }

    /** {@code R0 = element}, 0 when absent. */
    void read(Expression.ReadGlobal read) {
        if (ThreadElements.has(read.global())) {
            ofThreads.read(read.global());
            return;
        }
        var end = emitter.label("element or 0");
        find(read.global(), read.keys());
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, end);
        emitter.code.load(Width.DOUBLE, Register.R0, Register.R0, ArrayLayout.VALUE);
        emitter.code.place(end);
    }

    void readString(Expression.ReadGlobal read, Place to, int width) {
        var absent = emitter.label("no element");
        var end = emitter.label("element was read");
        find(read.global(), read.keys());
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, absent);
        emitter.code.move(Register.R3, Register.R0);
        emitter.strings.copyFromR3(to, width);
        emitter.code.jump(end);
        emitter.code.place(absent);
        emitter.store(to, 0);
        emitter.code.place(end);
    }

    void contains(Expression.Contains contains) {
        if (contains.global().isStatistic() || hasGap(contains.keys())) {
            throw new UnsupportedInKernelException(contains.span(), "this `in`");
        }
        if (ThreadElements.has(contains.global())) {
            ofThreads.contains(contains.global());
            return;
        }
        var end = emitter.label("contained or not");
        find(contains.global(), contains.keys());
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, end);
        emitter.code.move(Register.R0, 1);
        emitter.code.place(end);
    }

    private static boolean hasGap(List<? extends @Nullable Expression> keys) {
        return keys.stream().anyMatch(Objects::isNull);
    }

    /** {@code R0 = address of the element or 0}. */
    private void find(Global global, List<? extends @Nullable Expression> keys) {
        var mark = emitter.frame.mark();
        var key = emitter.keys.evaluate(emitter.layouts.array(global.id()).key(), keys);
        emitter.lookup(MapNames.array(global.id()), key);
        emitter.frame.release(mark);
    }

    void delete(Statement.DeleteElement delete) {
        var global = delete.global();
        if (global.isStatistic() || hasGap(delete.keys())) {
            throw new UnsupportedInKernelException(delete.span(), "this `delete`");
        }
        if (ThreadElements.has(global)) {
            ofThreads.delete(global);
            return;
        }
        var mark = emitter.frame.mark();
        var key = emitter.keys.evaluate(emitter.layouts.array(global.id()).key(), delete.keys());
        emitter.code.loadMap(Register.R1, MapNames.array(global.id()));
        emitter.address(Register.R2, key);
        emitter.code.call(Helper.MAP_DELETE_ELEM);
        emitter.frame.release(mark);
        var gone = emitter.label("element is gone");
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, gone);
        emitter.code.jump(Condition.EQUAL, Register.R0, ERRNO_ABSENT, gone);
        emitter.count(Counter.LOST_UPDATES);
        emitter.code.place(gone);
    }

    void set(Statement.SetGlobal set) {
        if (ThreadElements.has(set.global())) {
            ofThreads.set(set);
        } else if (set.global().value() == Type.LONG) {
            setNumber(set);
        } else {
            setString(set);
        }
    }

    private void setNumber(Statement.SetGlobal set) {
        var layout = emitter.layouts.array(set.global().id());
        var mark = emitter.frame.mark();
        var key = emitter.keys.evaluate(layout.key(), set.keys());
        var value = emitter.frame.allocate(8);
        emitter.longs.evaluate(set.value());
        emitter.store(value, Register.R0);
        findOrInsert(set.global(), layout, key, set);
        emitter.load(Register.R1, value);
        emitter.code.store(Width.DOUBLE, Register.R0, ArrayLayout.VALUE, Register.R1);
        emitter.frame.release(mark);
    }

    /** {@code global[keys] += value}: atomic, also while the element appears on another CPU. */
    void add(Statement.AddGlobal add) {
        if (ThreadElements.has(add.global())) {
            ofThreads.add(add);
            return;
        }
        var layout = emitter.layouts.array(add.global().id());
        var mark = emitter.frame.mark();
        var key = emitter.keys.evaluate(layout.key(), add.keys());
        var value = emitter.frame.allocate(8);
        emitter.longs.evaluate(add.value());
        emitter.store(value, Register.R0);
        findOrInsert(add.global(), layout, key, add);
        emitter.load(Register.R1, value);
        addTo(Register.R0, add, value);
        emitter.frame.release(mark);
    }

    /** Adds R1 to the number at an address, and stores the sum where it is wanted. */
    void addTo(Register address, Statement.AddGlobal add, Place value) {
        var result = add.result();
        if (result == null) {
            emitter.code.atomic(Atomic.ADD, Width.DOUBLE, address, 0, Register.R1);
            return;
        }
        emitter.code.atomic(Atomic.FETCH_ADD, Width.DOUBLE, address, 0, Register.R1);
        emitter.load(Register.R2, value);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R1, Register.R2);
        emitter.store(emitter.scopes.place(result), Register.R1);
    }

    /** {@code R0 = address of the element}, which is 0 or "" when it is new; leaves the handler when the array is full. */
    private void findOrInsert(Global global, ArrayLayout layout, Place key, Statement statement) {
        refuseWrapping(global, statement);
        var code = emitter.code;
        var found = emitter.label("element exists");
        var again = emitter.label("element was inserted");
        var map = MapNames.array(global.id());
        emitter.lookup(map, key);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, found);
        var mark = emitter.frame.mark();
        var element = emitter.frame.allocate(layout.size());
        for (int offset = 0; offset < layout.room(); offset += 8) {
            emitter.store(element.at(offset), 0);
        }
        nextSequence(global);
        emitter.store(element.at(layout.sequence()), Register.R1);
        update(map, key, element, NO_EXIST);
        emitter.frame.release(mark);
        code.jump(Condition.EQUAL, Register.R0, 0, again);
        code.jump(Condition.EQUAL, Register.R0, ERRNO_EXIST, again);
        refused(global, statement);
        code.place(again);
        emitter.lookup(map, key);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, found);
        // Deleted again by another CPU between the two calls.
        emitter.count(Counter.LOST_UPDATES);
        leaveHandler();
        code.place(found);
    }

    private void update(String map, Place key, Place element, int flags) {
        emitter.code.loadMap(Register.R1, map);
        emitter.address(Register.R2, key);
        emitter.address(Register.R3, element);
        emitter.code.move(Register.R4, flags);
        emitter.code.call(Helper.MAP_UPDATE_ELEM);
    }

    /** {@code R1 = number of the next insertion}. */
    private void nextSequence(Global global) {
        int offset = emitter.layouts.session().sequence(global.id());
        emitter.code.loadMapValue(Register.R2, MapNames.SESSION, offset);
        emitter.code.move(Register.R1, 1);
        emitter.code.atomic(Atomic.FETCH_ADD, Width.DOUBLE, Register.R2, 0, Register.R1);
    }

    /** After an update that failed with R0: a full array is a soft error, anything else a lost update. */
    private void refused(Global global, Statement statement) {
        var other = emitter.label("other refusal");
        emitter.code.jump(Condition.NOT_EQUAL, Register.R0, ERRNO_TOO_BIG, other);
        emitter.count(Counter.LOST_KEYS);
        emitter.errors.arrayOverflow(global, statement.span());
        emitter.code.place(other);
        emitter.count(Counter.LOST_UPDATES);
        leaveHandler();
    }

    /** Only user space can find the oldest element. */
    private static void refuseWrapping(Global global, Statement statement) {
        if (global.wrap()) {
            throw new UnsupportedInKernelException(statement.span(), "writing a wrapping array");
        }
    }

    private void leaveHandler() {
        emitter.unwinding.emit(0);
        Label end = emitter.scopes.handler().end();
        emitter.code.jump(end);
    }

    /** Through an update of the whole element, so that no reader sees half a string. */
    private void setString(Statement.SetGlobal set) {
        var code = emitter.code;
        var global = set.global();
        refuseWrapping(global, set);
        var layout = emitter.layouts.array(global.id());
        var map = MapNames.array(global.id());
        var mark = emitter.frame.mark();
        var key = emitter.keys.evaluate(layout.key(), set.keys());
        var element = emitter.frame.allocate(layout.size());
        for (int offset = 0; offset < layout.room(); offset += 8) {
            emitter.store(element.at(offset), 0);
        }
        emitter.strings.evaluate(set.value(), element, global.valueWidth());
        var known = emitter.label("element exists");
        var write = emitter.label("write element");
        emitter.lookup(map, key);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, known);
        nextSequence(global);
        code.jump(write);
        code.place(known);
        code.load(Width.DOUBLE, Register.R1, Register.R0, layout.sequence());
        code.place(write);
        emitter.store(element.at(layout.sequence()), Register.R1);
        update(map, key, element, 0);
        var written = emitter.label("element was written");
        code.jump(Condition.EQUAL, Register.R0, 0, written);
        refused(global, set);
        code.place(written);
        emitter.frame.release(mark);
    }
}
