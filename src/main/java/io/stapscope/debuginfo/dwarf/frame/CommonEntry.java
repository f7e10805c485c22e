package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;

/**
 * What several frame entries have in common (CIE).
 *
 * @param hasAugmentation whether its frame entries carry data of a length of their own
 * @param code operations that come before those of each frame
 */
record CommonEntry(
        int addressSize,
        long codeAlignment,
        long dataAlignment,
        int returnColumn,
        PointerEncoding encoding,
        boolean hasAugmentation,
        boolean isSignal,
        Cursor code) {

    /** @param entry behind its identifier, ending where it ends */
    static CommonEntry read(Cursor entry, int addressSize) {
        int version = entry.u8();
        if (version != 1 && version != 3 && version != 4) {
            throw new DwarfFormatException("a frame of " + entry.section() + " is of version " + version);
        }
        var augmentation = entry.string();
        int size = addressSize;
        if (version == 4) {
            size = entry.u8();
            if (entry.u8() != 0) {
                throw new DwarfFormatException("a frame of " + entry.section() + " has segments");
            }
        }
        long codeAlignment = entry.uleb();
        long dataAlignment = entry.sleb();
        int returnColumn = version == 1 ? entry.u8() : FrameProgram.register(entry.uleb());
        if (augmentation.isEmpty()) {
            return new CommonEntry(
                    size, codeAlignment, dataAlignment, returnColumn, PointerEncoding.ABSOLUTE, false, false, entry);
        }
        if (augmentation.charAt(0) != 'z') {
            throw new DwarfFormatException("a frame of " + entry.section() + " is augmented in an unknown way");
        }
        var data = entry.bounded(entry.uleb());
        var code = entry.at((long) data.end());
        return new CommonEntry(
                size,
                codeAlignment,
                dataAlignment,
                returnColumn,
                encoding(augmentation, data, size),
                true,
                augmentation.indexOf('S') > 0,
                code);
    }

    /** How its frames write addresses. Letters that are unknown end the reading: their data cannot be told from what follows. */
    private static PointerEncoding encoding(String augmentation, Cursor data, int addressSize) {
        for (int i = 1; i < augmentation.length(); i++) {
            switch (augmentation.charAt(i)) {
                case 'L' -> data.u8();
                case 'P' -> new PointerEncoding(data.u8()).length(data, addressSize);
                case 'R' -> {
                    return new PointerEncoding(data.u8());
                }
                case 'S', 'B', 'G' -> {
                    continue;
                }
                default ->
                    throw new DwarfFormatException(
                            "a frame of " + data.section() + " is augmented by an unknown letter");
            }
        }
        return PointerEncoding.ABSOLUTE;
    }
}
