package io.stapscope.debuginfo.elf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A remark of the linker or of a library: {@code GNU 3} is the build id.
 *
 * @param owner who gives the type its meaning
 * @param content little-endian, at its beginning
 */
public record ElfNote(String owner, int type, ByteBuffer content) {
    private static final int HEADER = 12;
    private static final int LONGEST_OWNER = 256;

    /** @param alignment of the notes, which fills them up: 8, or else 4 */
    static List<ElfNote> read(ElfBytes bytes, long alignment) {
        long unit = alignment == 8 ? 8 : 4;
        var found = new ArrayList<ElfNote>();
        long at = 0;
        while (at + HEADER <= bytes.size()) {
            long owner = bytes.u32(at);
            long size = bytes.u32(at + 4);
            if (owner > LONGEST_OWNER) {
                throw new ElfFormatException("has a note of an owner with " + owner + " letters");
            }
            long content = up(at + HEADER + owner, unit);
            var name = bytes.of(bytes.slice(at + HEADER, owner, "a note")).text(0);
            found.add(new ElfNote(name, bytes.i32(at + 8), bytes.slice(content, size, "a note")));
            at = up(content + size, unit);
        }
        return found;
    }

    private static long up(long value, long unit) {
        return (value + unit - 1) & -unit;
    }
}
