package io.stapscope.statistics;

/** Reads what {@link VarintWriter} wrote and refuses everything else. */
final class VarintReader {
    private final byte[] bytes;
    private int at;

    VarintReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int readByte() {
        if (at == bytes.length) {
            throw new MalformedHistogramException("ends after " + at + " bytes in the middle of a histogram");
        }
        return bytes[at++] & 0xFF;
    }

    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedHistogramException("number of more than 64 bits before byte " + at);
    }

    long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number from {@code least} to {@code most}, named for the message. */
    int readBounded(String what, int least, int most) {
        long value = readUnsigned();
        if (value < least || value > most) {
            throw new MalformedHistogramException(
                    what + " " + Long.toUnsignedString(value) + " is not within " + least + " and " + most);
        }
        return (int) value;
    }

    /** A count of values: positive. */
    long readCount() {
        long count = readUnsigned();
        if (count <= 0) {
            throw new MalformedHistogramException("count " + Long.toUnsignedString(count));
        }
        return count;
    }

    /** A bucket number, written as the difference from {@code previous}. */
    int readBucket(int previous, boolean first) {
        long delta = readSigned();
        if ((delta <= 0 && !first) || delta < -2 * Buckets.MAX || delta > 2 * Buckets.MAX) {
            throw new MalformedHistogramException("bucket step " + delta);
        }
        int bucket = previous + (int) delta;
        if (bucket < -Buckets.MAX || bucket > Buckets.MAX) {
            throw new MalformedHistogramException("bucket " + bucket);
        }
        return bucket;
    }

    void readVersion(int expected) {
        int version = readByte();
        if (version != expected) {
            throw new MalformedHistogramException("format version " + version + " instead of " + expected);
        }
    }

    /** Where the next byte is. */
    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    void readEnd() {
        if (at != bytes.length) {
            throw new MalformedHistogramException((bytes.length - at) + " bytes too many");
        }
    }
}
