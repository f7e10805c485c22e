package io.stapscope.debuginfo.btf;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Looks for the values of enumerations. */
public final class BtfEnums {
    private final BtfFile file;

    public BtfEnums(BtfFile file) {
        this.file = file;
    }

    /** Value of a constant of a named enumeration, or of any without a name; empty when there is none. */
    public OptionalLong value(String enumeration, String constant) {
        var name = constant.getBytes(StandardCharsets.ISO_8859_1);
        for (var kind : new BtfKind[] {BtfKind.ENUM, BtfKind.ENUM64}) {
            int entryWords = kind == BtfKind.ENUM ? 2 : 3;
            int id = file.find(kind, enumeration);
            for (int i = 0; id != 0 && i < file.entries(id); i++) {
                if (file.textEquals(file.word(id, i * entryWords), name)) {
                    long low = Integer.toUnsignedLong(file.word(id, i * entryWords + 1));
                    return OptionalLong.of(
                            kind == BtfKind.ENUM ? (int) low : low | (long) file.word(id, i * 3 + 2) << 32);
                }
            }
        }
        return OptionalLong.empty();
    }
}
