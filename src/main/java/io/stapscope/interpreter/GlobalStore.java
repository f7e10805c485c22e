package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Global;
import io.stapscope.statistics.Aggregate;
import java.util.List;

/**
 * The values of the script's globals. Keys are lists of Long and String (byte string) parts in the order of
 * {@link Global#keys()}, empty for a scalar; values are Long or String. Writing to a full array throws
 * {@link ArrayOverflowException}, unless the array wraps and so drops its oldest element.
 */
public interface GlobalStore {
    /** 0 or "" when absent, which creates nothing. */
    Object read(Global global, List<Object> keys);

    void write(Global global, List<Object> keys, Object value);

    /** Adds in one step, creating the element, and gives the value after. */
    long add(Global global, List<Object> keys, long value);

    boolean contains(Global global, List<Object> keys);

    /** Removes an element; nothing happens when there is none. */
    void delete(Global global, List<Object> keys);

    /** Removes all elements; a scalar becomes 0, "" or empty. */
    void clear(Global global);

    /** {@code global[keys] <<< value}. */
    void feed(Global global, List<Object> keys, long value);

    /** A statistic as it stands, with its distribution; empty when absent. The caller does not change it. */
    Aggregate extract(Global global, List<Object> keys);

    /** The elements of an array as they stand, in the order they were inserted. */
    List<Element> elements(Global global);

    /**
     * One element of an array.
     *
     * @param value Long, String, or an {@link Aggregate} whose distribution may be left out
     */
    record Element(List<Object> keys, Object value) {}
}
