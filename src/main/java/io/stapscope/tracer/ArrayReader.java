package io.stapscope.tracer;

import io.stapscope.codegen.layout.ArrayLayout;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.ArrayOverflowException;
import io.stapscope.interpreter.GlobalStore.Element;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.map.HashReader;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.NativeBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One associative array in its hash map. A handler sees it as it stood when the handler first touched it: SystemTap
 * locks it for that long, we take a copy.
 *
 * <p>A counting array that kernel handlers do not look at is never emptied in the kernel: deleting an element remembers
 * the count that the handler saw, and later reads subtract it. So a script that prints and deletes every second loses no
 * count.
 */
final class ArrayReader {
    private final Global global;
    private final ArrayLayout layout;
    private final BpfMap map;
    private final HashReader reader;
    private final LongSupplier nextSequence;
    private final boolean remembersDeletes;
    private final NativeBuffer key;
    private final NativeBuffer value;

    /** Elements by key in the order of insertion; null until the current handler touches the array. */
    private @Nullable Map<List<Object>, Entry> copy;

    /** With remembered deletes: what was counted before the element was deleted. */
    private final Map<List<Object>, Long> deleted = new HashMap<>();

    private int lastSize;

    private record Entry(List<Object> keys, Object value, long sequence) {}

    /** @param remembersDeletes whether deleting leaves the kernel's count as it is */
    ArrayReader(Global global, ArrayLayout layout, BpfMap map, LongSupplier nextSequence, boolean remembersDeletes) {
        this.remembersDeletes = remembersDeletes;
        this.global = global;
        this.layout = layout;
        this.map = map;
        this.reader = new HashReader(map, 512);
        this.nextSequence = nextSequence;
        this.key = NativeBuffer.allocate(layout.key().size());
        this.value = NativeBuffer.allocate(layout.size());
    }

    Global global() {
        return global;
    }

    int capacity() {
        return layout.capacity();
    }

    /** Elements when it was last read. */
    int lastSize() {
        return lastSize;
    }

    /** The next handler takes a new copy. */
    void release() {
        copy = null;
    }

    Object read(List<Object> keys) {
        var entry = entries().get(keys);
        return entry == null ? absent() : visible(entry);
    }

    boolean contains(List<Object> keys) {
        var entry = entries().get(keys);
        return entry != null && isVisible(entry);
    }

    List<Element> elements() {
        var found = new ArrayList<Element>();
        for (var entry : entries().values()) {
            if (isVisible(entry)) {
                found.add(new Element(entry.keys, visible(entry)));
            }
        }
        return found;
    }

    void write(List<Object> keys, Object newValue) {
        var entries = entries();
        var before = entries.get(keys);
        if (before == null && entries.size() >= layout.capacity()) {
            throw new ArrayOverflowException(global);
        }
        long sequence = before == null ? nextSequence.getAsLong() : before.sequence;
        store(keys, newValue, sequence);
        entries.put(keys, new Entry(keys, newValue, sequence));
        deleted.remove(keys);
    }

    /** Adds to what the kernel has now, which may be more than this handler's copy shows. */
    long add(List<Object> keys, long more) {
        var entry = entries().get(keys);
        if (entry == null) {
            write(keys, more);
            return more;
        }
        KeyCodec.encode(layout.key(), keys, key.bytes(), 0);
        long now = map.lookup(key, value) ? value.bytes().getLong(ArrayLayout.VALUE) : 0;
        store(keys, now + more, entry.sequence);
        var added = new Entry(keys, (Long) entry.value + more, entry.sequence);
        entries().put(keys, added);
        return (Long) visible(added);
    }

    void delete(List<Object> keys) {
        var entry = entries().get(keys);
        if (entry == null) {
            return;
        }
        if (remembersDeletes) {
            deleted.put(keys, (Long) entry.value);
        } else {
            KeyCodec.encode(layout.key(), keys, key.bytes(), 0);
            boolean ignored = map.delete(key);
            entries().remove(keys);
        }
    }

    void clear() {
        for (var keys : List.copyOf(entries().keySet())) {
            delete(keys);
        }
    }

    /** Every element as the kernel has it, for the windows. */
    void forEachCount(CountVisitor visitor) {
        lastSize = reader.readAll((keys, keyOffset, values, valueOffset) -> visitor.count(
                KeyCodec.decode(layout.key(), keys, keyOffset), values.getLong(valueOffset + ArrayLayout.VALUE)));
    }

    /** Receives the cumulative count of a key. */
    @FunctionalInterface
    interface CountVisitor {
        void count(List<Object> key, long count);
    }

    private Object absent() {
        return global.value() == Type.STRING ? "" : (Object) 0L;
    }

    private boolean isVisible(Entry entry) {
        return !deleted.containsKey(entry.keys) || !entry.value.equals(deleted.get(entry.keys));
    }

    private Object visible(Entry entry) {
        var before = deleted.get(entry.keys);
        return before == null ? entry.value : (Object) ((Long) entry.value - before);
    }

    private Map<List<Object>, Entry> entries() {
        var current = copy;
        if (current == null) {
            var found = new ArrayList<Entry>();
            lastSize = reader.readAll((keys, keyOffset, values, valueOffset) -> found.add(new Entry(
                    KeyCodec.decode(layout.key(), keys, keyOffset),
                    value(values, valueOffset),
                    values.getLong(valueOffset + layout.sequence()))));
            found.sort(Comparator.comparingLong(Entry::sequence));
            current = java.util.LinkedHashMap.newLinkedHashMap(found.size());
            for (var entry : found) {
                current.put(entry.keys, entry);
            }
            copy = current;
        }
        return current;
    }

    private Object value(ByteBuffer from, int offset) {
        return global.value() == Type.STRING
                ? KeyCodec.text(from, offset + ArrayLayout.VALUE, layout.room())
                : (Object) from.getLong(offset + ArrayLayout.VALUE);
    }

    private void store(List<Object> keys, Object newValue, long sequence) {
        KeyCodec.encode(layout.key(), keys, key.bytes(), 0);
        switch (newValue) {
            case String text ->
                KeyCodec.putText(value.bytes(), ArrayLayout.VALUE, layout.room(), global.valueWidth(), text);
            case Long number -> value.bytes().putLong(ArrayLayout.VALUE, number);
            case Object other -> throw new IllegalArgumentException("value " + other);
        }
        value.bytes().putLong(layout.sequence(), sequence);
        try {
            map.update(key, value);
        } catch (KernelException e) {
            if (e.errno() == Errno.E2BIG) {
                throw new ArrayOverflowException(global);
            }
            throw e;
        }
    }
}
