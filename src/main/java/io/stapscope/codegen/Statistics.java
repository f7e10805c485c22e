package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Atomic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.StatisticLayout;
import io.stapscope.codegen.layout.TaskLayout.Cache;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * {@code statistic[keys] <<< value}: finds the slot of the key, first in what the task remembers, then in the index,
 * and adds to this CPU's aggregate.
 */
final class Statistics {
    private static final int NO_EXIST = 1;
    private static final int ERRNO_EXIST = -17;

    private final Emitter emitter;
    private final Aggregates aggregates;

    Statistics(Emitter emitter) {
        this.emitter = emitter;
        this.aggregates = new Aggregates(emitter);
    }

    void feed(Statement.Feed feed) {
        var layout = emitter.layouts.statistic(feed.global().id());
        var mark = emitter.frame.mark();
        var end = emitter.label("fed");
        var key = layout.isKeyed() ? emitter.keys.evaluate(layout.key(), feed.keys()) : null;
        var value = emitter.frame.allocate(8);
        int slot = emitter.frame.allocateSlot();
        emitter.longs.evaluate(feed.value());
        emitter.store(value, Register.R0);
        emitter.count(Counter.UPDATES);
        if (key != null) {
            findSlot(layout, key, slot, end);
        }
        emitter.origin(feed.span());
        addressOfAggregate(layout, slot, end);
        emitter.load(Register.R1, value);
        aggregates.add(layout.aggregate(), feed.global().linear());
        emitter.code.place(end);
        emitter.frame.release(mark);
    }

    /** {@code R0 = this program's aggregate of this CPU}. */
    private void addressOfAggregate(StatisticLayout layout, int slot, Label end) {
        var code = emitter.code;
        var found = emitter.label("aggregate");
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.CPU);
        int rows = emitter.interruptions.statistic(layout.global(), emitter.program);
        if (rows > 0) {
            code.arithmetic(Arithmetic.ADD, Register.R0, rows * emitter.layouts.cpus());
        }
        if (layout.isKeyed()) {
            code.arithmetic(Arithmetic.MULTIPLY, Register.R0, layout.slots());
            code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, slot);
            code.arithmetic(Arithmetic.ADD, Register.R0, Register.R1);
        }
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
        emitter.lookup(MapNames.values(layout.global()), new Place.Direct(Emitter.FRAME, slot));
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, found);
        emitter.count(Counter.LOST_UPDATES);
        code.jump(end);
        code.place(found);
    }

    /** Stores the slot of a key; goes to {@code end} when there is none to be had. */
    private void findSlot(StatisticLayout layout, Place.Direct key, int slot, Label end) {
        var code = emitter.code;
        var found = emitter.label("slot found");
        var remember = emitter.label("remember slot");
        @Nullable Cache cache = emitter.layouts.tasks().caches().get(layout.global());
        if (cache != null) {
            lookInCache(cache, key, slot, found);
        }
        var missing = emitter.label("key is new");
        var again = emitter.label("key was added by another CPU");
        lookInIndex(layout, key, slot, remember, missing);
        code.place(missing);
        takeSlot(layout, key, slot, again, remember, found, end);
        code.place(again);
        var gone = emitter.label("key is gone");
        lookInIndex(layout, key, slot, remember, gone);
        code.place(gone);
        emitter.count(Counter.LOST_UPDATES);
        code.jump(end);
        code.place(remember);
        if (cache != null) {
            rememberInCache(cache, key, slot, found);
        }
        code.place(found);
    }

    private void lookInIndex(StatisticLayout layout, Place key, int slot, Label found, Label missing) {
        emitter.lookup(MapNames.index(layout.global()), key);
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, missing);
        emitter.code.load(Width.WORD, Register.R1, Register.R0, 0);
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R1);
        emitter.code.jump(found);
    }

    /** Writes the key under a new slot, then enters it into the index, then marks it as in use. */
    private void takeSlot(
            StatisticLayout layout, Place.Direct key, int slot, Label again, Label taken, Label found, Label end) {
        var code = emitter.code;
        var full = emitter.label("no room for keys");
        var free = emitter.label("slot is free");
        var published = emitter.label("publish slot");
        int next = emitter.layouts.session().nextSlot(layout.global());
        code.loadMapValue(Register.R1, MapNames.SESSION, next);
        code.load(Width.DOUBLE, Register.R2, Register.R1, 0);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R2, layout.keySlots(), full);
        code.move(Register.R2, 1);
        code.atomic(Atomic.FETCH_ADD, Width.DOUBLE, Register.R1, 0, Register.R2);
        code.jump(Condition.BELOW, Register.R2, layout.keySlots(), free);
        code.place(full);
        emitter.count(Counter.LOST_KEYS);
        code.store(Width.DOUBLE, Emitter.FRAME, slot, layout.otherSlot());
        code.jump(found);
        code.place(free);
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R2);
        int entry = writeKey(layout, key, slot, end);
        code.loadMap(Register.R1, MapNames.index(layout.global()));
        emitter.address(Register.R2, key);
        emitter.address(Register.R3, new Place.Direct(Emitter.FRAME, slot));
        code.move(Register.R4, NO_EXIST);
        code.call(Helper.MAP_UPDATE_ELEM);
        code.jump(Condition.EQUAL, Register.R0, 0, published);
        code.jump(Condition.EQUAL, Register.R0, ERRNO_EXIST, again);
        code.jump(full);
        code.place(published);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, entry);
        code.move(Register.R2, 1);
        // A full barrier: whoever sees the flag sees the key.
        code.atomic(Atomic.EXCHANGE, Width.WORD, Register.R1, layout.published(), Register.R2);
        code.jump(taken);
    }

    /** Gives the slot of the frame that holds the address of the key's entry. */
    private int writeKey(StatisticLayout layout, Place.Direct key, int slot, Label end) {
        var code = emitter.code;
        int entry = emitter.frame.allocateSlot();
        var exists = emitter.label("key entry");
        emitter.lookup(MapNames.keys(layout.global()), new Place.Direct(Emitter.FRAME, slot));
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, exists);
        emitter.count(Counter.LOST_UPDATES);
        code.jump(end);
        code.place(exists);
        code.store(Width.DOUBLE, Emitter.FRAME, entry, Register.R0);
        for (int offset = 0; offset < layout.key().size(); offset += 8) {
            emitter.load(Register.R1, key.at(offset));
            code.store(Width.DOUBLE, Register.R0, offset, Register.R1);
        }
        return entry;
    }

    /** {@code R1 = line of the cache for the key}; falls to {@code absent} without a cache. */
    private void lineOfCache(Cache cache, Place.Direct key, Label absent) {
        var code = emitter.code;
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, Frame.TASK);
        code.jump(Condition.EQUAL, Register.R1, 0, absent);
        emitter.load(Register.R2, key);
        for (int offset = 8; offset < cache.keySize(); offset += 8) {
            emitter.load(Register.R3, key.at(offset));
            code.arithmetic(Arithmetic.XOR, Register.R2, Register.R3);
        }
        code.arithmetic(Arithmetic.AND, Register.R2, cache.lines() - 1);
        code.arithmetic(Arithmetic.MULTIPLY, Register.R2, cache.line());
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R2);
    }

    private void lookInCache(Cache cache, Place.Direct key, int slot, Label found) {
        var code = emitter.code;
        var absent = emitter.label("not remembered");
        lineOfCache(cache, key, absent);
        for (int offset = 0; offset < cache.keySize(); offset += 8) {
            code.load(Width.DOUBLE, Register.R2, Register.R1, cache.offset() + offset);
            emitter.load(Register.R3, key.at(offset));
            code.jump(Condition.NOT_EQUAL, Register.R2, Register.R3, absent);
        }
        code.load(Width.DOUBLE, Register.R2, Register.R1, cache.offset() + cache.keySize());
        code.jump(Condition.EQUAL, Register.R2, 0, absent);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R2, 1);
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R2);
        code.jump(found);
        code.place(absent);
    }

    private void rememberInCache(Cache cache, Place.Direct key, int slot, Label found) {
        var code = emitter.code;
        lineOfCache(cache, key, found);
        for (int offset = 0; offset < cache.keySize(); offset += 8) {
            emitter.load(Register.R2, key.at(offset));
            code.store(Width.DOUBLE, Register.R1, cache.offset() + offset, Register.R2);
        }
        code.load(Width.DOUBLE, Register.R2, Emitter.FRAME, slot);
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
        code.store(Width.DOUBLE, Register.R1, cache.offset() + cache.keySize(), Register.R2);
    }

    /** Statistics that a per-task cache helps: a few numbers as key. */
    static boolean isCached(Global global) {
        return global.isStatistic()
                && global.isArray()
                && global.keys().size() <= 4
                && global.keys().stream().allMatch(type -> type == Type.LONG);
    }
}
