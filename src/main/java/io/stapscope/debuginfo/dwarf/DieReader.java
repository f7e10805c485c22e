package io.stapscope.debuginfo.dwarf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Stands at one entry after the other: its tag, its attributes. An entry is named by a number ({@code die}) that holds in
 * the whole program; 0 is none. One thread uses a reader at a time.
 *
 * <pre>
 * reader.moveTo(die);
 * if (reader.hasChildren()) {
 *     while (reader.next()) {          // each child in turn
 *         ...
 *         reader.skipChildren();       // else next() goes into them
 *     }
 * }
 * </pre>
 */
public final class DieReader {
    private final DwarfFile file;
    private final DieValues values = new DieValues();
    private @Nullable Unit unit;
    private @Nullable Cursor cursor;
    private long die;
    private int abbreviation;
    private boolean decoded;

    DieReader(DwarfFile file) {
        this.file = file;
    }

    /** Goes to an entry. */
    public void moveTo(long target) {
        var owner = file.unitOf(target);
        moveTo(owner, DieSpace.offset(target));
    }

    /** Goes to the first entry of a unit. */
    public void moveTo(Unit owner) {
        moveTo(owner, owner.header().firstDie());
    }

    private void moveTo(Unit owner, long offset) {
        if (owner != unit) {
            unit = owner;
            cursor = owner.entries();
        }
        decoded = true;
        position().seek(offset);
        if (!next()) {
            throw new DwarfFormatException("there is no entry at 0x" + Long.toHexString(offset) + " of "
                    + position().section());
        }
    }

    /**
     * Goes to what follows: the first child, or the next sibling of an entry without children or with
     * {@linkplain #skipChildren children left out}.
     *
     * @return false at the end of the siblings, or of the unit
     */
    public boolean next() {
        pass();
        var at = position();
        if (!at.hasRemaining()) {
            return false;
        }
        die = unit().space().die(at.position());
        int code = at.uleb31();
        if (code == 0) {
            return false;
        }
        abbreviation = table().find(code);
        decoded = false;
        values.clear();
        return true;
    }

    /** Whether nothing of the unit is left. */
    boolean atEnd() {
        pass();
        return !position().hasRemaining();
    }

    private void pass() {
        if (!decoded) {
            table().skip(position(), abbreviation);
            decoded = true;
        }
    }

    /** Leaves out what is below this entry, so that {@link #next} goes to its sibling. */
    public void skipChildren() {
        if (!hasChildren()) {
            return;
        }
        if (table().hasSibling(abbreviation) && jump()) {
            return;
        }
        pass();
        int depth = 1;
        while (depth > 0 && position().hasRemaining()) {
            int code = position().uleb31();
            if (code == 0) {
                depth--;
                continue;
            }
            int below = table().find(code);
            table().skip(position(), below);
            depth += table().hasChildren(below) ? 1 : 0;
        }
    }

    private boolean jump() {
        decode();
        int index = values.index(DwarfAttribute.SIBLING);
        long target = DieSpace.offset(unit().reference(values.form(index), values.value(index)));
        // A sibling that lies before its entry would never come to an end.
        if (target < position().position() || target > position().end()) {
            return false;
        }
        position().seek(target);
        return true;
    }

    /** Number of the entry. */
    public long die() {
        return die;
    }

    public int tag() {
        return table().tag(abbreviation);
    }

    public boolean hasChildren() {
        return table().hasChildren(abbreviation);
    }

    /** The unit that holds the entry. */
    public Unit unit() {
        var known = unit;
        if (known == null) {
            throw new IllegalStateException("the reader stands nowhere");
        }
        return known;
    }

    public boolean has(int attribute) {
        return decode().has(attribute);
    }

    public boolean flag(int attribute) {
        return decode().number(attribute, 0) != 0;
    }

    /** A number; those of plain bytes are extended by zeros. */
    public long number(int attribute, long otherwise) {
        return decode().number(attribute, otherwise);
    }

    /** Whether the attribute is a number, not an expression or a list. */
    public boolean isNumber(int attribute) {
        int index = decode().index(attribute);
        return index >= 0 && DwarfForm.isConstant(values.form(index));
    }

    /** Empty when the entry has it not. */
    public String text(int attribute) {
        return file.texts().text(textKey(attribute));
    }

    long textKey(int attribute) {
        int index = decode().index(attribute);
        return index < 0 ? 0 : unit().textKey(values.form(index), values.value(index));
    }

    /** The name that linkers see; empty when it is the plain name. */
    public String linkageName() {
        return file.texts().text(linkageKey());
    }

    long linkageKey() {
        long key = textKey(DwarfAttribute.LINKAGE_NAME);
        return key != 0 ? key : textKey(DwarfAttribute.MIPS_LINKAGE_NAME);
    }

    /** The entry that an attribute refers to; 0 when there is none. */
    public long reference(int attribute) {
        int index = decode().index(attribute);
        if (index < 0) {
            return 0;
        }
        return values.form(index) == DwarfForm.REF_SIG8
                ? file.typeOfSignature(values.value(index))
                : unit().reference(values.form(index), values.value(index));
    }

    /** What this entry completes or is a copy of; 0 when it stands for itself. */
    public long origin() {
        long origin = reference(DwarfAttribute.ABSTRACT_ORIGIN);
        return origin != 0 ? origin : reference(DwarfAttribute.SPECIFICATION);
    }

    public long address(int attribute) {
        int index = decode().index(attribute);
        return index < 0 ? 0 : unit().address(values.form(index), values.value(index));
    }

    /** Where the code ends: written as an address or as a size. */
    public long highPc(long low) {
        int index = decode().index(DwarfAttribute.HIGH_PC);
        if (index < 0) {
            return low + 1;
        }
        int form = values.form(index);
        return DwarfForm.isAddress(form) ? unit().address(form, values.value(index)) : low + values.value(index);
    }

    /** Where the value of a variable is, or what it is. */
    public LocationAttribute location(int attribute) {
        int index = decode().index(attribute);
        if (index < 0) {
            return LocationAttribute.NONE;
        }
        int form = values.form(index);
        if (DwarfForm.isBlock(form)) {
            return new LocationAttribute.Expression(block(index));
        }
        if (form == DwarfForm.LOCLISTX) {
            return new LocationAttribute.ListAt(unit().indexedLocationList(values.value(index)));
        }
        // Up to version 3 lists were written as plain numbers.
        return form == DwarfForm.SEC_OFFSET || form == DwarfForm.DATA4 || form == DwarfForm.DATA8
                ? new LocationAttribute.ListAt(values.value(index))
                : LocationAttribute.NONE;
    }

    private ByteBuffer block(int index) {
        var block = position().at(0);
        block.seek(values.value(index));
        return block.block(values.length(index));
    }

    /** The value of a constant. */
    public LocationAttribute constant() {
        int index = decode().index(DwarfAttribute.CONST_VALUE);
        if (index < 0) {
            return LocationAttribute.NONE;
        }
        int form = values.form(index);
        if (DwarfForm.isBlock(form)) {
            return new LocationAttribute.Bytes(block(index));
        }
        return DwarfForm.isConstant(form) || DwarfForm.isAddress(form)
                ? new LocationAttribute.Constant(unit().address(form, values.value(index)))
                : LocationAttribute.NONE;
    }

    /** Offset of the list of ranges, -1 when the entry has none. */
    long rangeList() {
        int index = decode().index(DwarfAttribute.RANGES);
        if (index < 0) {
            return -1;
        }
        return values.form(index) == DwarfForm.RNGLISTX
                ? unit().indexedRangeList(values.value(index))
                : values.value(index);
    }

    private DieValues decode() {
        if (!decoded) {
            values.decode(table(), abbreviation, position());
            decoded = true;
        }
        return values;
    }

    private Abbreviations table() {
        return unit().abbreviations();
    }

    private Cursor position() {
        var known = cursor;
        if (known == null) {
            throw new IllegalStateException("the reader stands nowhere");
        }
        return known;
    }
}
