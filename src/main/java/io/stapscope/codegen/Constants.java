package io.stapscope.codegen;

import io.stapscope.codegen.layout.Align;
import java.util.HashMap;
import java.util.Map;

/** Bytes that programs read and nobody writes, one behind the other in the value of one map. */
final class Constants {
    private final StringBuilder bytes = new StringBuilder();
    private final Map<String, Integer> offsets = new HashMap<>();

    /** Where these bytes lie; the same ones lie there once. @param text one char for each byte */
    int add(String text) {
        return offsets.computeIfAbsent(text, _ -> {
            int offset = bytes.length();
            bytes.append(text).repeat('\0', Align.toWords(text.length()) - text.length());
            return offset;
        });
    }

    /** Where a word lies. */
    int add(long... words) {
        var text = new StringBuilder();
        for (long word : words) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                text.append((char) (word >>> shift & 0xff));
            }
        }
        return add(text.toString());
    }

    boolean isEmpty() {
        return bytes.isEmpty();
    }

    String all() {
        return bytes.toString();
    }
}
