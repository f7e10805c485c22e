package io.stapscope.debuginfo.btf;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Looks for members of structs and unions, through anonymous ones inside. */
public final class BtfStructs {
    private static final int MEMBER_WORDS = 3;
    private static final int MAX_DEPTH = 32;

    /** Enough for the largest kernel struct many times over; ends searches in nested garbage. */
    private static final int MAX_VISITED = 100_000;

    private final BtfFile file;

    public BtfStructs(BtfFile file) {
        this.file = file;
    }

    /** Id of the struct, the union or the typedef of one; 0 when there is none. */
    public int find(String name) {
        int id = file.find(BtfKind.STRUCT, name);
        if (id == 0) {
            id = file.find(BtfKind.UNION, name);
        }
        return id != 0 ? id : file.resolve(file.find(BtfKind.TYPEDEF, name));
    }

    /** Byte offset of a member, each name of the path one struct further in; empty when a name is not there. */
    public OptionalInt offset(int struct, String... path) {
        int type = struct;
        long bits = 0;
        for (var name : path) {
            var search = new Search(name);
            if (!search.in(file.resolve(type), 0, 0)) {
                return OptionalInt.empty();
            }
            bits += search.bits;
            type = search.type;
        }
        return bits / Byte.SIZE > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) (bits / Byte.SIZE));
    }

    /** Bytes of a struct or union. */
    public int size(int struct) {
        return file.target(struct);
    }

    private final class Search {
        private final byte[] name;
        private int visited;
        private int type;
        private long bits;

        Search(String name) {
            this.name = name.getBytes(StandardCharsets.ISO_8859_1);
        }

        boolean in(int struct, long base, int depth) {
            var kind = file.kind(struct);
            if (kind != BtfKind.STRUCT && kind != BtfKind.UNION) {
                return false;
            }
            boolean packed = file.flag(struct);
            for (int i = 0; i < file.entries(struct); i++) {
                if (++visited > MAX_VISITED || depth > MAX_DEPTH) {
                    throw new BtfFormatException("type " + struct + " is nested without end");
                }
                int memberName = file.word(struct, i * MEMBER_WORDS);
                int memberType = file.word(struct, i * MEMBER_WORDS + 1);
                int raw = file.word(struct, i * MEMBER_WORDS + 2);
                // With the flag set the upper eight bits are the width of a bit field.
                long at = base + (packed ? raw & 0xffffff : Integer.toUnsignedLong(raw));
                if (memberName == 0) {
                    if (in(file.resolve(memberType), at, depth + 1)) {
                        return true;
                    }
                } else if (file.textEquals(memberName, name)) {
                    type = memberType;
                    bits = at;
                    return true;
                }
            }
            return false;
        }
    }
}
