package io.stapscope.tracer;

import io.stapscope.codegen.layout.KeyLayout;
import io.stapscope.compiler.type.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keys of arrays and statistics between their bytes in a map and the lists user space works with. */
final class KeyCodec {
    private KeyCodec() {}

    /** The parts of a key: Long or String (byte string). */
    static List<Object> decode(KeyLayout layout, ByteBuffer from, int offset) {
        var parts = new ArrayList<Object>(layout.parts().size());
        for (var part : layout.parts()) {
            int at = offset + part.offset();
            parts.add(part.type() == Type.STRING ? text(from, at, part.room()) : (Object) from.getLong(at));
        }
        return List.copyOf(parts);
    }

    /** Writes a key; strings are cut to their room and padded with NUL, as the programs do. */
    static void encode(KeyLayout layout, List<Object> key, ByteBuffer to, int offset) {
        for (int i = 0; i < layout.parts().size(); i++) {
            var part = layout.parts().get(i);
            int at = offset + part.offset();
            switch (key.get(i)) {
                case String text -> putText(to, at, part.room(), part.width(), text);
                case Long number -> to.putLong(at, number);
                case Object other -> throw new IllegalArgumentException("key part " + other);
            }
        }
    }

    /** A NUL-terminated byte string of at most {@code room} bytes. */
    static String text(ByteBuffer from, int at, int room) {
        int length = 0;
        while (length < room && from.get(at + length) != 0) {
            length++;
        }
        return bytes(from, at, length);
    }

    static String bytes(ByteBuffer from, int at, int length) {
        var bytes = new byte[length];
        from.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Writes at most {@code width - 1} bytes and NULs up to {@code room}. */
    static void putText(ByteBuffer to, int at, int room, int width, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(bytes.length, width - 1);
        to.put(at, bytes, 0, length);
        for (int i = length; i < room; i++) {
            to.put(at + i, (byte) 0);
        }
    }
}
