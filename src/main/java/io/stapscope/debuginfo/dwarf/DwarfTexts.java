package io.stapscope.debuginfo.dwarf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Texts of all sections by one number: the section in the bits above the offset. They stay bytes until somebody asks. Key 0
 * is the empty text.
 */
final class DwarfTexts {
    static final int STR = 3;
    static final int LINE_STR = 4;
    static final int SUPPLEMENT_STR = 6;
    static final int SUPPLEMENT_LINE_STR = 7;

    private static final int INLINE = 1;
    private static final int SUPPLEMENT_INLINE = 5;
    private static final int COUNT = 8;
    private static final int SHIFT = 40;
    /** Longer than any name of C++ that was seen. */
    private static final int MAX_LENGTH = 1 << 16;
    /** Names that agree in so many bytes are told apart by comparing them. */
    private static final int HASHED = 256;

    private final ByteBuffer[] buffers = new ByteBuffer[COUNT];

    DwarfTexts(DwarfSections sections) {
        var supplement = sections.supplement();
        var empty = ByteBuffer.allocate(0);
        buffers[0] = empty;
        buffers[INLINE] = sections.info().slice();
        buffers[INLINE + 1] = sections.types().slice();
        buffers[STR] = sections.str().slice();
        buffers[LINE_STR] = sections.lineStr().slice();
        buffers[SUPPLEMENT_INLINE] =
                supplement == null ? empty : supplement.info().slice();
        buffers[SUPPLEMENT_STR] = supplement == null ? empty : supplement.str().slice();
        buffers[SUPPLEMENT_LINE_STR] =
                supplement == null ? empty : supplement.lineStr().slice();
    }

    /** The section where entries of a space have their short texts. */
    static int inline(DieSpace space) {
        return switch (space) {
            case INFO -> INLINE;
            case TYPES -> INLINE + 1;
            case SUPPLEMENT -> SUPPLEMENT_INLINE;
        };
    }

    static long key(int section, long offset) {
        if (offset < 0 || offset > Integer.MAX_VALUE) {
            throw new DwarfFormatException("a text is beyond the end of its section");
        }
        return (long) section << SHIFT | offset;
    }

    /** A char for each byte. */
    String text(long key) {
        if (key == 0) {
            return "";
        }
        var buffer = buffer(key);
        int start = start(key, buffer);
        int end = start;
        while (end < buffer.limit() && buffer.get(end) != 0) {
            if (++end - start > MAX_LENGTH) {
                throw new DwarfFormatException("a name is longer than " + MAX_LENGTH + " bytes");
            }
        }
        if (end == buffer.limit()) {
            throw new DwarfFormatException("a name does not end");
        }
        var bytes = new byte[end - start];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    boolean equals(long key, byte[] text) {
        if (key == 0) {
            return text.length == 0;
        }
        var buffer = buffer(key);
        int start = (int) key;
        if (buffer.limit() - start <= text.length || buffer.get(start + text.length) != 0) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (buffer.get(start + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The same for the same text, wherever it lies; 0 for what is beyond its section. */
    int hash(long key) {
        if (key == 0) {
            return 0;
        }
        var buffer = buffer(key);
        int start = (int) key;
        int end = (int) Math.min(buffer.limit(), start + (long) HASHED);
        int hash = 0;
        for (int i = start; i < end; i++) {
            int next = buffer.get(i);
            if (next == 0) {
                break;
            }
            hash = hash * 31 + next;
        }
        return hash;
    }

    static int hash(byte[] text) {
        int hash = 0;
        for (int i = 0; i < Math.min(text.length, HASHED); i++) {
            hash = hash * 31 + text[i];
        }
        return hash;
    }

    private ByteBuffer buffer(long key) {
        return buffers[(int) (key >>> SHIFT)];
    }

    private static int start(long key, ByteBuffer buffer) {
        int start = (int) key;
        if (start >= buffer.limit()) {
            throw new DwarfFormatException("a text is beyond the end of its section");
        }
        return start;
    }
}
