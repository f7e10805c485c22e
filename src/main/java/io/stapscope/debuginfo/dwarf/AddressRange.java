package io.stapscope.debuginfo.dwarf;

/** Code from an address up to another one, which it does not hold; both unsigned. */
public record AddressRange(long start, long end) {
    public boolean holds(long address) {
        return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
    }

    public boolean isEmpty() {
        return Long.compareUnsigned(start, end) >= 0;
    }
}
