package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import java.util.Optional;

/** Makes the copies of code that entries describe. */
final class CodeReader {
    private CodeReader() {}

    /** The code of the function or inlined copy where a reader stands; empty when it has none. */
    static Optional<Code> read(DieReader reader) {
        var ranges = RangeLists.of(reader);
        if (ranges.isEmpty()) {
            return Optional.empty();
        }
        long first = ranges.getFirst().start();
        return Optional.of(new Code(
                reader.die(),
                reader.unit(),
                entry(reader, first),
                ranges,
                reader.tag() == DwarfTag.INLINED_SUBROUTINE,
                reader.location(DwarfAttribute.FRAME_BASE)));
    }

    private static long entry(DieReader reader, long first) {
        if (!reader.has(DwarfAttribute.ENTRY_PC)) {
            return first;
        }
        // Version 5 allows an offset from the base address: the lowest one of the entry.
        return reader.isNumber(DwarfAttribute.ENTRY_PC)
                ? first + reader.number(DwarfAttribute.ENTRY_PC, 0)
                : reader.address(DwarfAttribute.ENTRY_PC);
    }
}
