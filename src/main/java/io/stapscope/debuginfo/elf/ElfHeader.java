package io.stapscope.debuginfo.elf;

import java.nio.ByteBuffer;

/**
 * The first bytes of a file: what it is and where its two tables are.
 *
 * @param type ET_*
 * @param machine EM_*
 * @param entry address of the first instruction of a program
 * @param segments offset of the table of segments
 * @param sections offset of the table of sections, 0 for none
 * @param names index of the section that holds the names of sections, 0 for none
 */
record ElfHeader(
        int type,
        int machine,
        long entry,
        long segments,
        int segmentCount,
        long sections,
        int sectionCount,
        int names) {
    static final int WIDE_SIZE = 64;
    static final int NARROW_SIZE = 52;

    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_32 = 1;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int BIG_ENDIAN = 2;

    /** Real programs have tens of either; the kernel loads no program of more than 1170 segments. */
    private static final int MOST_SEGMENTS = 4096;

    private static final int MOST_SECTIONS = 200_000;
    private static final int EXTENDED_SEGMENTS = 0xffff;
    private static final int EXTENDED_NAMES = 0xffff;

    /** Tells the sizes of words by the first bytes. @throws ElfFormatException when it is no file that we read */
    static ElfBytes open(ByteBuffer file) {
        var bytes = new ElfBytes(file, true);
        if (bytes.size() < NARROW_SIZE || bytes.i32(0) != MAGIC) {
            throw new ElfFormatException("is no ELF file");
        }
        switch (bytes.u8(5)) {
            case LITTLE_ENDIAN -> {}
            case BIG_ENDIAN -> throw new ElfFormatException("is a big-endian ELF file, which we do not read");
            default -> throw new ElfFormatException("is an ELF file of no known byte order");
        }
        return switch (bytes.u8(4)) {
            case CLASS_32 -> new ElfBytes(file, false);
            case CLASS_64 -> bytes;
            default -> throw new ElfFormatException("is an ELF file of neither 32 nor 64 bits");
        };
    }

    static ElfHeader read(ElfBytes bytes) {
        boolean wide = bytes.wide();
        int counts = wide ? 54 : 42;
        long segments = bytes.word(wide ? 32 : 28);
        long sections = bytes.word(wide ? 40 : 32);
        long segmentCount = bytes.u16(counts + 2);
        long sectionCount = bytes.u16(counts + 6);
        long names = bytes.u16(counts + 8);
        if (sections != 0) {
            // Numbers that do not fit are in the first section, which is none otherwise.
            if (sectionCount == 0) {
                sectionCount = bytes.word(sections + (wide ? 32 : 20));
            }
            if (names == EXTENDED_NAMES) {
                names = bytes.u32(sections + (wide ? 40 : 24));
            }
            if (segmentCount == EXTENDED_SEGMENTS) {
                segmentCount = bytes.u32(sections + (wide ? 44 : 28));
            }
        } else {
            sectionCount = 0;
        }
        check(sectionCount, bytes.u16(counts + 4), wide ? 64 : 40, MOST_SECTIONS, "sections");
        check(segmentCount, bytes.u16(counts), wide ? 56 : 32, MOST_SEGMENTS, "segments");
        return new ElfHeader(
                bytes.u16(16),
                bytes.u16(18),
                bytes.word(24),
                segments,
                (int) segmentCount,
                sections,
                (int) sectionCount,
                names < sectionCount ? (int) names : 0);
    }

    private static void check(long count, int size, int expected, int most, String what) {
        if (count < 0 || count > most) {
            throw new ElfFormatException("has more than " + most + " " + what);
        }
        if (count > 0 && size != expected) {
            throw new ElfFormatException("describes " + what + " by " + size + " bytes instead of " + expected);
        }
    }
}
