package io.stapscope.debuginfo.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The types of one BTF blob. One linear scan notes where each type begins; names stay bytes until they are asked for.
 *
 * <pre>
 * header  0 magic 0xeb9f (u16)  2 version  3 flags  4 hdr_len  8 type_off  12 type_len  16 str_off  20 str_len
 * type    0 name_off   4 info: bits 0-15 entries, 24-28 kind, 31 flag   8 size or type   12... entries
 * </pre>
 *
 * The type section consists of 32-bit words throughout, so it is copied into an {@code int[]} at once: nothing refers to
 * the given buffer afterwards. Ids, offsets and chains are checked where they are used; garbage is answered with
 * {@link BtfFormatException}.
 */
public final class BtfFile {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER_SIZE = 24;
    private static final int COMMON_WORDS = 3;
    private static final int MAX_CHAIN = 64;

    private final int[] words;
    private final byte[] strings;
    private final int[] starts;
    private final int typeCount;
    private final BtfNameIndex names;

    private BtfFile(int[] words, byte[] strings) {
        this.words = words;
        this.strings = strings;
        var found = new int[words.length / COMMON_WORDS + 1];
        typeCount = scan(found);
        starts = found;
        names = new BtfNameIndex(this);
    }

    /** Reads from position to limit. */
    public static BtfFile read(ByteBuffer source) {
        var bytes = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < HEADER_SIZE) {
            throw new BtfFormatException("BTF of " + bytes.limit() + " bytes is shorter than its header");
        }
        if (Short.toUnsignedInt(bytes.getShort(0)) != MAGIC) {
            bytes.order(ByteOrder.BIG_ENDIAN);
            if (Short.toUnsignedInt(bytes.getShort(0)) != MAGIC) {
                throw new BtfFormatException("not BTF: wrong magic number");
            }
        }
        var types = section(bytes, bytes.getInt(8), bytes.getInt(12), "type");
        var text = section(bytes, bytes.getInt(16), bytes.getInt(20), "string");
        if (types.limit() % Integer.BYTES != 0) {
            throw new BtfFormatException("type section of " + types.limit() + " bytes is not made of 32-bit words");
        }
        var words = new int[types.limit() / Integer.BYTES];
        types.asIntBuffer().get(words);
        var strings = new byte[text.limit()];
        text.get(strings);
        if (strings.length == 0 || strings[0] != 0 || strings[strings.length - 1] != 0) {
            throw new BtfFormatException("string section does not begin and end with a zero byte");
        }
        return new BtfFile(words, strings);
    }

    private static ByteBuffer section(ByteBuffer bytes, int offset, int length, String name) {
        long start = Integer.toUnsignedLong(bytes.getInt(4)) + Integer.toUnsignedLong(offset);
        long size = Integer.toUnsignedLong(length);
        if (start + size > bytes.limit()) {
            throw new BtfFormatException(name + " section ends at " + (start + size) + " of " + bytes.limit());
        }
        return bytes.slice((int) start, (int) size).order(bytes.order());
    }

    private int scan(int[] found) {
        int id = 0;
        int at = 0;
        while (at < words.length) {
            if (words.length - at < COMMON_WORDS) {
                throw new BtfFormatException("type " + (id + 1) + " is cut off");
            }
            int info = words[at + 1];
            int kind = info >>> 24 & 0x1f;
            if (kind == 0 || kind >= BtfKind.COUNT) {
                throw new BtfFormatException("type " + (id + 1) + " is of unknown kind " + kind);
            }
            found[++id] = at;
            at += COMMON_WORDS + BtfKind.extraWords(kind, info & 0xffff);
        }
        if (at != words.length) {
            throw new BtfFormatException("type " + id + " is cut off");
        }
        return id;
    }

    /** Highest type id; 0 is void. */
    public int typeCount() {
        return typeCount;
    }

    /** Id of the first type of this kind and name, 0 when there is none. */
    public int find(BtfKind kind, String name) {
        return names.find(kind, name);
    }

    public BtfKind kind(int id) {
        return id == 0 ? BtfKind.VOID : BtfKind.of(words[start(id) + 1] >>> 24 & 0x1f);
    }

    /** Empty for a type without a name. */
    public String name(int id) {
        return id == 0 ? "" : text(nameOffset(id));
    }

    /** The type this one points to, names, decorates or returns. */
    public int target(int id) {
        return words[start(id) + 2];
    }

    public int entries(int id) {
        return words[start(id) + 1] & 0xffff;
    }

    public boolean flag(int id) {
        return words[start(id) + 1] < 0;
    }

    /** Word of the part behind the common one; the scan has checked that the entries are there. */
    public int word(int id, int index) {
        return words[start(id) + COMMON_WORDS + index];
    }

    int nameOffset(int id) {
        return words[start(id)];
    }

    byte[] strings() {
        return strings;
    }

    public String text(int offset) {
        int begin = checkText(offset);
        int end = begin;
        while (strings[end] != 0) {
            end++;
        }
        return new String(strings, begin, end - begin, StandardCharsets.ISO_8859_1);
    }

    /** Whether the string at an offset is this one. */
    public boolean textEquals(int offset, byte[] name) {
        int begin = checkText(offset);
        return strings.length - begin > name.length
                && strings[begin + name.length] == 0
                && Arrays.equals(strings, begin, begin + name.length, name, 0, name.length);
    }

    private int checkText(int offset) {
        if (offset < 0 || offset >= strings.length) {
            throw new BtfFormatException("name at " + Integer.toUnsignedString(offset) + " of " + strings.length);
        }
        return offset;
    }

    /** Follows typedefs and qualifiers to the type they stand for. */
    public int resolve(int id) {
        int current = id;
        for (int i = 0; i < MAX_CHAIN; i++) {
            if (!kind(current).isTransparent()) {
                return current;
            }
            current = target(current);
        }
        throw new BtfFormatException("type " + id + " has more than " + MAX_CHAIN + " qualifiers");
    }

    /** Visits the ids of all types of one kind, in order. */
    public void forEach(BtfKind kind, IntConsumer visitor) {
        int wanted = kind.ordinal();
        for (int id = 1; id <= typeCount; id++) {
            if ((words[starts[id] + 1] >>> 24 & 0x1f) == wanted) {
                visitor.accept(id);
            }
        }
    }

    private int start(int id) {
        if (id < 1 || id > typeCount) {
            throw new BtfFormatException("no type " + Integer.toUnsignedString(id) + " among " + typeCount);
        }
        return starts[id];
    }
}
