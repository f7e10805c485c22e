package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.type.Type;
import io.stapscope.statistics.Aggregate;
import io.stapscope.statistics.LinearHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Globals in the memory of this process, for one thread at a time. */
public final class MemoryGlobals implements GlobalStore {
    /** By global id: the elements in the order of insertion. A scalar is an element without key. */
    private final List<SequencedMap<List<Object>, Object>> elements = new ArrayList<>();

    public MemoryGlobals(List<Global> globals) {
        for (var global : globals) {
            SequencedMap<List<Object>, Object> values = new LinkedHashMap<>();
            if (global.initial() != null) {
                values.put(List.of(), global.initial());
            }
            elements.add(values);
        }
    }

    @Override
    public Object read(Global global, List<Object> keys) {
        var value = of(global).get(keys);
        return value != null ? value : global.value() == Type.STRING ? "" : (Object) 0L;
    }

    @Override
    public void write(Global global, List<Object> keys, Object value) {
        var values = of(global);
        // Replacing keeps the element's place in the order of insertion.
        if (values.replace(keys, value) == null) {
            makeRoom(global, values);
            values.put(keys, value);
        }
    }

    @Override
    public long add(Global global, List<Object> keys, long value) {
        long sum = (Long) read(global, keys) + value;
        write(global, keys, sum);
        return sum;
    }

    @Override
    public boolean contains(Global global, List<Object> keys) {
        return of(global).containsKey(keys);
    }

    @Override
    public void delete(Global global, List<Object> keys) {
        of(global).remove(keys);
    }

    @Override
    public void clear(Global global) {
        of(global).clear();
    }

    @Override
    public void feed(Global global, List<Object> keys, long value) {
        var values = of(global);
        var aggregate = (Aggregate) values.get(keys);
        if (aggregate == null) {
            makeRoom(global, values);
            aggregate = empty(global);
            values.put(keys, aggregate);
        }
        aggregate.add(value);
    }

    @Override
    public Aggregate extract(Global global, List<Object> keys) {
        var aggregate = (Aggregate) of(global).get(keys);
        return aggregate != null ? aggregate : empty(global);
    }

    @Override
    public List<Element> elements(Global global) {
        List<Element> found = new ArrayList<>();
        of(global)
                .forEach((keys, value) -> found.add(
                        new Element(keys, value instanceof Aggregate aggregate ? withoutHistogram(aggregate) : value)));
        return found;
    }

    private static Aggregate withoutHistogram(Aggregate aggregate) {
        return aggregate.numbers();
    }

    private static void makeRoom(Global global, SequencedMap<List<Object>, Object> values) {
        if (values.size() >= global.capacity()) {
            if (!global.wrap()) {
                throw new ArrayOverflowException(global);
            }
            values.pollFirstEntry();
        }
    }

    private static Aggregate empty(Global global) {
        var scale = global.linear();
        return new Aggregate(
                scale == null ? null : new LinearHistogram(scale.low(), scale.high(), scale.width()),
                global.varianceShift());
    }

    private SequencedMap<List<Object>, Object> of(Global global) {
        return elements.get(global.id());
    }
}
