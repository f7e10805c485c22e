package io.stapscope.codegen.layout;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of an array or statistic: numbers as s64, strings padded with NUL to a multiple of eight bytes.
 *
 * @param parts in order
 * @param size bytes, a multiple of eight
 */
public record KeyLayout(List<Part> parts, int size) {
    /**
     * @param width bytes a string may take with its NUL; 8 for a number
     */
    public record Part(Type type, int offset, int width) {
        /** Bytes until the next part. */
        public int room() {
            return Align.toWords(width);
        }
    }

    public KeyLayout {
        parts = List.copyOf(parts);
    }

    public static KeyLayout of(Global global) {
        var parts = new ArrayList<Part>();
        int offset = 0;
        for (int i = 0; i < global.keys().size(); i++) {
            var part = new Part(global.keys().get(i), offset, global.keyWidths().get(i));
            parts.add(part);
            offset += part.room();
        }
        return new KeyLayout(parts, offset);
    }

    public boolean isAllNumbers() {
        return parts.stream().allMatch(part -> part.type() == Type.LONG);
    }
}
