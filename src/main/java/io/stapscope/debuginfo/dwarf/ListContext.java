package io.stapscope.debuginfo.dwarf;

import java.util.function.LongUnaryOperator;

/**
 * What lists of a unit count from.
 *
 * @param base the lowest address of the unit, 0 when it has none
 * @param addressSize bytes of an address: 4 or 8
 * @param indexed gives an address of the table of addresses of the unit by its index; throws
 *     {@link DwarfFormatException} when there is none
 */
public record ListContext(long base, int addressSize, LongUnaryOperator indexed) {
    /** What stands for a new base where a list has pairs of addresses. */
    public long largestAddress() {
        return addressSize == 4 ? 0xffff_ffffL : -1;
    }
}
