package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfForm.Shape;

/** What one compilation left: its header, and what its first entry says of all others. */
public final class Unit {
    private final DieSpace space;
    private final DwarfSections sections;
    private final DwarfTexts texts;
    private final UnitHeader header;
    private final Abbreviations abbreviations;
    private final UnitBases bases;

    Unit(DieSpace space, DwarfSections sections, DwarfTexts texts, UnitHeader header, Abbreviations abbreviations) {
        this.space = space;
        this.sections = sections;
        this.texts = texts;
        this.header = header;
        this.abbreviations = abbreviations;
        this.bases = UnitBases.read(header, abbreviations, entries(space, sections, header));
    }

    /** Sections of the file that holds this unit: the program's own or those of its supplement. */
    public DwarfSections sections() {
        return sections;
    }

    public int version() {
        return shape().version();
    }

    /** 4 or 8 bytes. */
    public int addressSize() {
        return shape().addressSize();
    }

    /** Whether offsets take eight bytes. */
    public boolean format64() {
        return shape().format64();
    }

    /** Where its line program begins in {@code .debug_line}; -1 when it has none. */
    public long lines() {
        return bases.lines();
    }

    /** Address that ranges and location lists count from. */
    public long lowPc() {
        var written = bases.lowPc();
        return written.form() == 0 ? 0 : address(written.form(), written.number());
    }

    /** What its lists of ranges and locations count from. */
    public ListContext lists() {
        return new ListContext(lowPc(), addressSize(), this::indexedAddress);
    }

    /** Path of the source file, relative to the directory; empty when it is not known. */
    public String name() {
        return text(bases.name());
    }

    /** Where it was compiled; empty when it is not known. */
    public String directory() {
        return text(bases.directory());
    }

    /** The file that holds its entries ({@code .dwo}); empty when they are here. */
    String splitName() {
        return text(bases.splitName());
    }

    /** DW_LANG_*; 0 when it is not known. */
    public int language() {
        return bases.language();
    }

    /** Its first entry. */
    public long die() {
        return space.die(header.firstDie());
    }

    /** Address number so many of the unit. */
    public long indexedAddress(long index) {
        var cursor = new Cursor(sections.addr(), ".debug_addr");
        cursor.seek(bases.addresses() + checkedIndex(index, cursor) * addressSize());
        return cursor.unsigned(addressSize());
    }

    /** Offset in {@code .debug_loclists} of list number so many of this unit. */
    public long indexedLocationList(long index) {
        long base = bases.locationLists();
        return base + offsetEntry(new Cursor(sections.loclists(), ".debug_loclists"), base, index);
    }

    long indexedRangeList(long index) {
        long base = bases.rangeLists();
        return base + offsetEntry(new Cursor(sections.rnglists(), ".debug_rnglists"), base, index);
    }

    private long offsetEntry(Cursor cursor, long base, long index) {
        cursor.format64(format64());
        cursor.seek(base + checkedIndex(index, cursor) * shape().offsetSize());
        return cursor.offset();
    }

    private static long checkedIndex(long index, Cursor cursor) {
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw new DwarfFormatException("the number of an entry of " + cursor.section() + " is too large");
        }
        return index;
    }

    /** The address that a value stands for. */
    long address(int form, long value) {
        return form == DwarfForm.ADDR || !DwarfForm.isAddress(form) ? value : indexedAddress(value);
    }

    /** The text that a value stands for, by its key; see {@link DwarfTexts}. */
    long textKey(int form, long value) {
        boolean moved = space == DieSpace.SUPPLEMENT;
        return switch (form) {
            case DwarfForm.STRING -> DwarfTexts.key(DwarfTexts.inline(space), value);
            case DwarfForm.STRP -> DwarfTexts.key(moved ? DwarfTexts.SUPPLEMENT_STR : DwarfTexts.STR, value);
            case DwarfForm.LINE_STRP ->
                DwarfTexts.key(moved ? DwarfTexts.SUPPLEMENT_LINE_STR : DwarfTexts.LINE_STR, value);
            case DwarfForm.GNU_STRP_ALT, DwarfForm.STRP_SUP -> DwarfTexts.key(DwarfTexts.SUPPLEMENT_STR, value);
            case DwarfForm.STRX,
                    DwarfForm.STRX1,
                    DwarfForm.STRX2,
                    DwarfForm.STRX3,
                    DwarfForm.STRX4,
                    DwarfForm.GNU_STR_INDEX ->
                DwarfTexts.key(
                        moved ? DwarfTexts.SUPPLEMENT_STR : DwarfTexts.STR,
                        offsetEntry(new Cursor(sections.strOffsets(), ".debug_str_offsets"), bases.texts(), value));
            default -> 0;
        };
    }

    private String text(UnitBases.Value written) {
        return texts.text(textKey(written.form(), written.number()));
    }

    /** The entry that a reference stands for; of a signature not. */
    long reference(int form, long value) {
        return switch (form) {
            case DwarfForm.REF1, DwarfForm.REF2, DwarfForm.REF4, DwarfForm.REF8, DwarfForm.REF_UDATA -> {
                if (value < 0 || value >= header.end() - header.offset()) {
                    throw new DwarfFormatException("an entry refers to what is beyond its unit");
                }
                yield space.die(header.offset() + value);
            }
            case DwarfForm.REF_ADDR -> {
                var referred = space == DieSpace.SUPPLEMENT ? space : DieSpace.INFO;
                yield referred.die(checkedOffset(value));
            }
            case DwarfForm.GNU_REF_ALT, DwarfForm.REF_SUP4, DwarfForm.REF_SUP8 ->
                DieSpace.SUPPLEMENT.die(checkedOffset(value));
            default -> 0;
        };
    }

    private static long checkedOffset(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new DwarfFormatException("an entry refers to what is beyond its section");
        }
        return value;
    }

    DieSpace space() {
        return space;
    }

    Shape shape() {
        return header.shape();
    }

    UnitHeader header() {
        return header;
    }

    Abbreviations abbreviations() {
        return abbreviations;
    }

    /** A cursor that begins at the first entry and ends where the unit ends. */
    Cursor entries() {
        return entries(space, sections, header);
    }

    private static Cursor entries(DieSpace space, DwarfSections sections, UnitHeader header) {
        var cursor = new Cursor(space == DieSpace.TYPES ? sections.types() : sections.info(), space.section);
        cursor.format64(header.shape().format64());
        cursor.limit(header.end());
        cursor.seek(header.firstDie());
        return cursor;
    }

    @Override
    public String toString() {
        return name();
    }
}
