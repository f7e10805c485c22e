package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfForm.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The shapes of the entries of a unit: tag, attributes and their forms by code. Everything lies in flat arrays, and how to pass
 * over an entry is worked out beforehand: neighbouring values of known size are one step.
 */
final class Abbreviations {
    private static final int CHILDREN = 1 << 31;
    private static final int SIBLING = 1 << 30;
    private static final int TAG = 0xffff;

    private final Shape shape;
    private final Map<Integer, Integer> sparse = new HashMap<>();
    private int[] byCode = new int[64];
    private int[] heads = new int[64];
    private int[] firstValue = new int[65];
    private int[] firstStep = new int[65];
    private int[] attributes = new int[256];
    private int[] forms = new int[256];
    private long[] constants = new long[256];
    private int[] steps = new int[128];
    private int count;
    private int values;
    private int stepCount;

    private Abbreviations(Shape shape) {
        this.shape = shape;
    }

    /** Reads the table that begins at the cursor, up to its end. */
    static Abbreviations read(Cursor cursor, Shape shape) {
        var table = new Abbreviations(shape);
        while (cursor.hasRemaining()) {
            int code = cursor.uleb31();
            if (code == 0) {
                break;
            }
            table.readEntry(cursor, code);
        }
        return table;
    }

    private void readEntry(Cursor cursor, int code) {
        if (count == heads.length) {
            heads = Arrays.copyOf(heads, count * 2);
            firstValue = Arrays.copyOf(firstValue, count * 2 + 1);
            firstStep = Arrays.copyOf(firstStep, count * 2 + 1);
        }
        int head = Math.min(cursor.uleb31(), TAG) | (cursor.u8() != 0 ? CHILDREN : 0);
        int pending = 0;
        while (true) {
            int attribute = cursor.uleb31();
            int form = cursor.uleb31();
            if (attribute == 0 && form == 0) {
                break;
            }
            addValue(attribute, form, form == DwarfForm.IMPLICIT_CONST ? cursor.sleb() : 0);
            head |= attribute == DwarfAttribute.SIBLING ? SIBLING : 0;
            int size = DwarfForm.size(form, shape);
            if (size == DwarfForm.VARIABLE) {
                addStep(pending);
                addStep(-form);
                pending = 0;
            } else {
                pending += size;
            }
        }
        addStep(pending);
        heads[count] = head;
        put(code, count);
        count++;
        firstValue[count] = values;
        firstStep[count] = stepCount;
    }

    private void addValue(int attribute, int form, long constant) {
        if (values == attributes.length) {
            attributes = Arrays.copyOf(attributes, values * 2);
            forms = Arrays.copyOf(forms, values * 2);
            constants = Arrays.copyOf(constants, values * 2);
        }
        attributes[values] = attribute;
        forms[values] = form;
        constants[values] = constant;
        values++;
    }

    private void addStep(int step) {
        if (step != 0) {
            if (stepCount == steps.length) {
                steps = Arrays.copyOf(steps, stepCount * 2);
            }
            steps[stepCount++] = step;
        }
    }

    private void put(int code, int index) {
        // Compilers number them 1, 2, 3...; anything else may still be right.
        if (code > count * 2 + 64) {
            sparse.put(code, index);
            return;
        }
        if (code >= byCode.length) {
            byCode = Arrays.copyOf(byCode, Math.max(code + 1, byCode.length * 2));
        }
        byCode[code] = index + 1;
    }

    /** Index of the abbreviation of a code. */
    int find(int code) {
        int index = code < byCode.length ? byCode[code] - 1 : -1;
        if (index < 0) {
            var known = sparse.get(code);
            if (known == null) {
                throw new DwarfFormatException("an entry of .debug_info has the unknown abbreviation " + code);
            }
            index = known;
        }
        return index;
    }

    int tag(int index) {
        return heads[index] & TAG;
    }

    boolean hasChildren(int index) {
        return heads[index] < 0;
    }

    boolean hasSibling(int index) {
        return (heads[index] & SIBLING) != 0;
    }

    /** The attributes of an abbreviation are those from this one up to the first of the next. */
    int first(int index) {
        return firstValue[index];
    }

    int attribute(int value) {
        return attributes[value];
    }

    int form(int value) {
        return forms[value];
    }

    long constant(int value) {
        return constants[value];
    }

    Shape shape() {
        return shape;
    }

    /** Moves behind the values of an entry. */
    void skip(Cursor cursor, int index) {
        int end = firstStep[index + 1];
        for (int i = firstStep[index]; i < end; i++) {
            int step = steps[i];
            if (step > 0) {
                cursor.skip(step);
            } else {
                DwarfForm.skip(cursor, -step, shape);
            }
        }
    }
}
