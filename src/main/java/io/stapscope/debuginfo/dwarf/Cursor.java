package io.stapscope.debuginfo.dwarf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers one behind the other. It never leaves its bounds: what would is answered with
 * {@link DwarfFormatException}. Positions count from the start of the section, also after {@link #bounded}.
 */
public final class Cursor {
    private static final int ESCAPE_64 = 0xffffffff;
    private static final int FIRST_RESERVED = 0xfffffff0;

    private final ByteBuffer bytes;
    private final String section;
    private final boolean bigEndian;
    private int position;
    private int end;
    private boolean format64;

    /**
     * Reads a section from its first byte to its limit, in the byte order of the buffer.
     *
     * @param section its name, for what an exception says
     */
    public Cursor(ByteBuffer bytes, String section) {
        this.bytes = bytes.slice().order(bytes.order());
        this.section = section;
        this.bigEndian = bytes.order() == ByteOrder.BIG_ENDIAN;
        this.end = this.bytes.limit();
    }

    private Cursor(Cursor source, int position, int end) {
        this.bytes = source.bytes;
        this.section = source.section;
        this.bigEndian = source.bigEndian;
        this.format64 = source.format64;
        this.position = position;
        this.end = end;
    }

    /** A cursor of its own at an offset of the section, with the end of this one. */
    public Cursor at(long offset) {
        var other = new Cursor(this, position, end);
        other.seek(offset);
        return other;
    }

    /** A cursor of its own over the next bytes, which this one stays in front of. */
    public Cursor bounded(long length) {
        return new Cursor(this, position, checkedEnd(length));
    }

    public int position() {
        return position;
    }

    /** First position that is not read. */
    public int end() {
        return end;
    }

    public int remaining() {
        return end - position;
    }

    public boolean hasRemaining() {
        return position < end;
    }

    public void seek(long offset) {
        if (offset < 0 || offset > end) {
            throw new DwarfFormatException(section + " has no offset 0x" + Long.toHexString(offset) + ", it ends at 0x"
                    + Integer.toHexString(end));
        }
        position = (int) offset;
    }

    public void skip(long length) {
        position = checkedEnd(length);
    }

    /** Moves the end to a number of bytes behind the position. */
    public void limit(long length) {
        end = checkedEnd(length);
    }

    public int u8() {
        return bytes.get(take(1)) & 0xff;
    }

    public int s8() {
        return bytes.get(take(1));
    }

    public int u16() {
        return bytes.getShort(take(2)) & 0xffff;
    }

    /** Three bytes, for the forms strx3 and addrx3. */
    public int u24() {
        int at = take(3);
        int first = bytes.get(at) & 0xff;
        int middle = bytes.get(at + 1) & 0xff;
        int last = bytes.get(at + 2) & 0xff;
        return bigEndian ? first << 16 | middle << 8 | last : last << 16 | middle << 8 | first;
    }

    public long u32() {
        return bytes.getInt(take(4)) & 0xffff_ffffL;
    }

    /** All 64 bits. */
    public long u64() {
        return bytes.getLong(take(8));
    }

    /** A number of 1, 2, 4 or 8 bytes, extended by zeros. */
    public long unsigned(int size) {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 4 -> u32();
            case 8 -> u64();
            default -> throw new DwarfFormatException("a number of " + size + " bytes in " + section);
        };
    }

    /** A number of 1, 2, 4 or 8 bytes, extended by its sign. */
    public long signed(int size) {
        long value = unsigned(size);
        int unused = Long.SIZE - size * Byte.SIZE;
        return value << unused >> unused;
    }

    /** Unsigned LEB128; bits behind the 64th are refused unless they are zeros. */
    public long uleb() {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; ; shift += 7) {
            int next = u8();
            if (shift < Long.SIZE) {
                value |= (long) (next & 0x7f) << shift;
            }
            if (shift >= Long.SIZE - 1 && (next & 0x7f) > (shift == Long.SIZE - 1 ? 1 : 0)) {
                throw new DwarfFormatException("a number at 0x" + Integer.toHexString(position) + " of " + section
                        + " is longer than 64 bits");
            }
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** An unsigned LEB128 that counts or names something of this program: at most 2³¹ - 1. */
    public int uleb31() {
        long value = uleb();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new DwarfFormatException(
                    "a number at 0x" + Integer.toHexString(position) + " of " + section + " is too large");
        }
        return (int) value;
    }

    /** Signed LEB128; bits behind the 64th are dropped. */
    public long sleb() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = u8();
            if (shift < Long.SIZE) {
                value |= (long) (next & 0x7f) << shift;
            }
            shift += 7;
        } while (next >= 0x80);
        return shift < Long.SIZE && (next & 0x40) != 0 ? value | -1L << shift : value;
    }

    public void skipLeb() {
        while (u8() >= 0x80) {
            // the rest of the number
        }
    }

    /** The length at the start of a unit; {@link #offset} is as wide as it says from here on. */
    public long initialLength() {
        long length = u32();
        format64 = (int) length == ESCAPE_64;
        if (format64) {
            length = u64();
        } else if (length >= (FIRST_RESERVED & 0xffff_ffffL)) {
            throw new DwarfFormatException("a unit of " + section + " begins with a reserved length");
        }
        checkedEnd(length);
        return length;
    }

    /** Whether offsets take eight bytes. */
    public boolean format64() {
        return format64;
    }

    public void format64(boolean wide) {
        format64 = wide;
    }

    /** An offset of a section: four or eight bytes. */
    public long offset() {
        return format64 ? u64() : u32();
    }

    /** Text up to a zero byte, a char for each of its bytes. */
    public String string() {
        int start = position;
        skipString();
        var text = new byte[position - 1 - start];
        bytes.get(start, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    public void skipString() {
        int at = position;
        while (at < end && bytes.get(at) != 0) {
            at++;
        }
        if (at == end) {
            throw new DwarfFormatException(
                    "a text at 0x" + Integer.toHexString(position) + " of " + section + " does not end");
        }
        position = at + 1;
    }

    /** The next bytes, as a view that begins at 0. */
    public ByteBuffer block(long length) {
        int start = position;
        skip(length);
        return bytes.slice(start, position - start).order(bytes.order());
    }

    /** What all exceptions of this cursor name. */
    public String section() {
        return section;
    }

    private int take(int size) {
        int at = position;
        if (end - at < size) {
            throw new DwarfFormatException(section + " is cut off at 0x" + Integer.toHexString(at) + ", it ends at 0x"
                    + Integer.toHexString(end));
        }
        position = at + size;
        return at;
    }

    private int checkedEnd(long length) {
        if (length < 0 || length > end - position) {
            throw new DwarfFormatException(Long.toUnsignedString(length) + " bytes at 0x"
                    + Integer.toHexString(position) + " of " + section + " go beyond its end");
        }
        return position + (int) length;
    }
}
