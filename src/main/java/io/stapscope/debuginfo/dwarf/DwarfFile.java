package io.stapscope.debuginfo.dwarf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The debug information of one program. Reading it takes the headers of its units; everything else waits until somebody asks,
 * and is then kept. Parts that cannot be read are left out and told by {@link #remark}. Threads may share it.
 */
public final class DwarfFile {
    private final DwarfSections sections;
    private final DwarfTexts texts;
    private final Unit[] units;
    private final long[] starts;
    private final UnitList list;
    private @Nullable DwarfIndex index;
    private @Nullable DwarfFunctions functions;
    private @Nullable DwarfTypes types;

    private DwarfFile(DwarfSections sections) {
        this.sections = sections;
        this.texts = new DwarfTexts(sections);
        this.list = new UnitList(sections, texts);
        this.units = list.units().toArray(Unit[]::new);
        this.starts = new long[units.length];
        Arrays.setAll(starts, i -> units[i].space().die(units[i].header().offset()));
    }

    /** @throws DwarfFormatException only when the sections contradict each other; broken units are left out */
    public static DwarfFile read(DwarfSections sections) {
        return new DwarfFile(sections);
    }

    public DwarfSections sections() {
        return sections;
    }

    /** All units, those of the supplement last. */
    public List<Unit> units() {
        return List.of(units);
    }

    /** A clause that tells why something was left out, of the first such part. */
    public Optional<String> remark() {
        var first = list.remark();
        return Optional.ofNullable(first != null ? first : index().remark());
    }

    public DieReader reader() {
        return new DieReader(this);
    }

    public synchronized DwarfFunctions functions() {
        var known = functions;
        if (known == null) {
            known = new DwarfFunctions(this, index());
            functions = known;
        }
        return known;
    }

    /** Types and constants by their names. */
    public synchronized DwarfTypes types() {
        var known = types;
        if (known == null) {
            known = new DwarfTypes(this, index());
            types = known;
        }
        return known;
    }

    /** Global variables. */
    public DwarfVariables variables() {
        return new DwarfVariables(this, index());
    }

    /** What is inside functions. */
    public DwarfBodies bodies() {
        return new DwarfBodies(this);
    }

    /** The unit that holds an entry. */
    public Unit unitOf(long die) {
        int at = Arrays.binarySearch(starts, die);
        int i = at >= 0 ? at : -at - 2;
        if (i >= 0) {
            var unit = units[i];
            long offset = DieSpace.offset(die);
            if (unit.space() == DieSpace.of(die)
                    && offset >= unit.header().firstDie()
                    && offset < unit.header().end()) {
                return unit;
            }
        }
        throw new DwarfFormatException("there is no entry " + Long.toHexString(die));
    }

    /** The type with a signature; 0 when no unit describes it. */
    long typeOfSignature(long signature) {
        return list.typeOfSignature(signature);
    }

    /** Bytes of all entries. */
    long size() {
        var supplement = sections.supplement();
        return (long) sections.info().limit()
                + sections.types().limit()
                + (supplement == null ? 0 : supplement.info().limit());
    }

    DwarfTexts texts() {
        return texts;
    }

    private synchronized DwarfIndex index() {
        var known = index;
        if (known == null) {
            known = new DwarfIndex(this, units);
            index = known;
        }
        return known;
    }
}
