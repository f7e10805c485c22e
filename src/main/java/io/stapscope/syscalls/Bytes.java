package io.stapscope.syscalls;

/** Bytes as the kernel sent them, in little-endian order: a string of chars 0 to 255 seen from one place. */
record Bytes(String data, int from, int length) {
    /** A number of up to eight bytes, zero-extended; 0 where there are no bytes. */
    long unsigned(int offset, int size) {
        if (offset < 0 || offset + size > length) {
            return 0;
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | data.charAt(from + offset + i) & 0xff;
        }
        return value;
    }

    long word(int offset) {
        return unsigned(offset, 8);
    }

    boolean has(int bytes) {
        return bytes <= length;
    }

    /** @return the bytes from offset on, at most length of them */
    Bytes slice(int offset, int length) {
        int start = Math.min(offset, this.length);
        return new Bytes(data, from + start, Math.max(0, Math.min(length, this.length - start)));
    }

    String text() {
        return data.substring(from, from + length);
    }
}
