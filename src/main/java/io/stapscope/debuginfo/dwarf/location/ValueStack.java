package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import java.util.ArrayList;
import java.util.List;

/** The stack of an expression; its values are bounded, for copies of one value can double with every operation. */
final class ValueStack {
    private static final int DEEPEST = 64;
    private static final int HEAVIEST = 256;

    private final List<Entry> entries = new ArrayList<>();

    /** @param weight bounds the nodes of the tree when every shared part is counted again */
    private record Entry(Value value, int weight) {}

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void push(Value value) throws UnavailableException {
        push(new Entry(value, 1));
    }

    private void push(Entry entry) throws UnavailableException {
        if (entries.size() == DEEPEST || entry.weight() > HEAVIEST) {
            throw new UnavailableException("its location is too long");
        }
        entries.add(entry);
    }

    Value pop() throws UnavailableException {
        return take().value();
    }

    private Entry take() throws UnavailableException {
        if (entries.isEmpty()) {
            throw new UnavailableException("its location is damaged: it takes from an empty stack");
        }
        return entries.removeLast();
    }

    void copy(int depth) throws UnavailableException {
        if (depth >= entries.size()) {
            throw new UnavailableException("its location is damaged: it takes from an empty stack");
        }
        push(entries.get(entries.size() - 1 - depth));
    }

    /** The top goes below the following ones. @param count of entries that take part */
    void rotate(int count) throws UnavailableException {
        if (count > entries.size()) {
            throw new UnavailableException("its location is damaged: it takes from an empty stack");
        }
        entries.add(entries.size() - count, entries.removeLast());
    }

    void add(long offset) throws UnavailableException {
        var top = take();
        push(new Entry(Value.plus(top.value(), offset), top.weight() + 1));
    }

    void unary(Operator operator) throws UnavailableException {
        var top = take();
        push(new Entry(Value.unary(operator, top.value()), top.weight() + 1));
    }

    void binary(Operator operator) throws UnavailableException {
        var right = take();
        var left = take();
        push(new Entry(Value.binary(operator, left.value(), right.value()), left.weight() + right.weight() + 1));
    }

    void dereference(int size) throws UnavailableException {
        if (size != 1 && size != 2 && size != 4 && size != 8) {
            throw new UnavailableException("its location reads " + size + " bytes at once");
        }
        var top = take();
        push(new Entry(new Value.Dereference(top.value(), size), top.weight() + 1));
    }
}
