package io.stapscope.debuginfo.dwarf.location;

/** @param end first address behind it */
public record AddressRange(long start, long end) {
    public boolean holds(long address) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
    }

    boolean isEmpty() {
        return Long.compareUnsigned(start, end) >= 0;
    }
}
