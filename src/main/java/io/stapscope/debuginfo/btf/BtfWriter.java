package io.stapscope.debuginfo.btf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes a small BTF blob, in the machine's byte order. Each method that adds a type answers with its id. */
public final class BtfWriter {
    private static final int HEADER_SIZE = 24;
    private static final int SIGNED = 1 << 24;

    private final List<Integer> words = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private int lastId;

    public BtfWriter() {
        strings.write(0);
    }

    public int addInteger(String name, int bytes, boolean signed) {
        return add(name, BtfKind.INT, bytes, (signed ? SIGNED : 0) | bytes * Byte.SIZE);
    }

    public int addArray(int elementType, int indexType, int length) {
        return add("", BtfKind.ARRAY, 0, elementType, indexType, length);
    }

    private int add(String name, BtfKind kind, int sizeOrType, int... rest) {
        words.add(string(name));
        words.add(kind.ordinal() << 24);
        words.add(sizeOrType);
        for (int word : rest) {
            words.add(word);
        }
        return ++lastId;
    }

    private int string(String name) {
        if (name.isEmpty()) {
            return 0;
        }
        int offset = strings.size();
        strings.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        strings.write(0);
        return offset;
    }

    public byte[] toBytes() {
        int typeBytes = words.size() * Integer.BYTES;
        var out = ByteBuffer.allocate(HEADER_SIZE + typeBytes + strings.size()).order(ByteOrder.nativeOrder());
        out.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0);
        out.putInt(HEADER_SIZE).putInt(0).putInt(typeBytes).putInt(typeBytes).putInt(strings.size());
        words.forEach(out::putInt);
        return out.put(strings.toByteArray()).array();
    }
}
