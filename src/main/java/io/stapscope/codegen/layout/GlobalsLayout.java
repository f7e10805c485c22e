package io.stapscope.codegen.layout;

import io.stapscope.compiler.ir.Global;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scalars of a script, numbers (s64) and strings (NUL-terminated): the only value of the array map
 * {@link MapNames#GLOBALS}.
 *
 * @param offsets by id of the global
 */
public record GlobalsLayout(Map<Integer, Integer> offsets, int size) {
    /** Each scalar on its own cache line costs nothing that matters and keeps atomic additions apart. */
    private static final int LINE = 64;

    public GlobalsLayout {
        offsets = Map.copyOf(offsets);
    }

    public static GlobalsLayout of(List<Global> scalars) {
        var offsets = new LinkedHashMap<Integer, Integer>();
        int next = 0;
        for (var global : scalars) {
            offsets.put(global.id(), next);
            next += (global.valueWidth() + LINE - 1) / LINE * LINE;
        }
        return new GlobalsLayout(offsets, next);
    }

    public int offset(int global) {
        var offset = offsets.get(global);
        if (offset == null) {
            throw new IllegalArgumentException("global " + global + " is no scalar in the kernel");
        }
        return offset;
    }
}
