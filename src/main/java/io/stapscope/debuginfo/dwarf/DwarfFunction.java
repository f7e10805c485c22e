package io.stapscope.debuginfo.dwarf;

import java.util.List;

/**
 * A function that debug information tells of.
 *
 * @param die the entry that stands for it: its first declaration
 * @param definition the entry that tells most of it: with code, or that its inlined copies refer to
 * @param name as the source writes it, without namespaces
 * @param linkageName as linkers see it; the same as the name where the entry does not say
 * @param type what it returns; 0 for nothing
 * @param code its own code, in several parts when the compiler made special versions; empty when it is only inlined
 */
public record DwarfFunction(
        long die,
        long definition,
        String name,
        String linkageName,
        boolean external,
        Declaration declared,
        long type,
        List<Code> code) {
    public DwarfFunction {
        code = List.copyOf(code);
    }

    /**
     * One copy of the code of a function.
     *
     * @param entry address of its first instruction
     * @param ranges where its code is, in the order of the entry
     * @param inlined whether it is part of the code of another function
     * @param frameBase what places in its frame count from; an inlined copy has none, it uses that of its caller
     */
    public record Code(
            long die, Unit unit, long entry, List<AddressRange> ranges, boolean inlined, LocationAttribute frameBase) {
        public Code {
            ranges = List.copyOf(ranges);
        }

        public boolean holds(long address) {
            for (var range : ranges) {
                if (range.holds(address)) {
                    return true;
                }
            }
            return false;
        }
    }
}
