package io.stapscope.debuginfo.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates sections: those with a header (SHF_COMPRESSED) and the older ones whose names begin with {@code .zdebug}. */
final class CompressedSection {
    /** Most bytes of an inflated section. */
    static final int MOST = 1 << 29;

    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final int OLD_MAGIC = 0x42494c5a;
    private static final int OLD_HEADER = 12;
    /** Deflate makes at most 1032 bytes of one. */
    private static final long MOST_OF_ONE = 1040;

    private CompressedSection() {}

    /** @throws ElfFormatException when it is compressed in another way, damaged, or too large */
    static ByteBuffer inflate(ElfBytes bytes) {
        int type = bytes.i32(0);
        if (type == ZSTD) {
            throw new ElfFormatException(
                    "has sections compressed by zstd, which we do not read: objcopy --decompress-debug-sections helps");
        }
        if (type != ZLIB) {
            throw new ElfFormatException("has a section compressed in an unknown way, " + type);
        }
        int header = bytes.wide() ? 24 : 12;
        return inflate(bytes, header, bytes.word(bytes.wide() ? 8 : 4));
    }

    static ByteBuffer inflateOld(ElfBytes bytes) {
        if (bytes.i32(0) != OLD_MAGIC) {
            throw new ElfFormatException("has a compressed section without its mark");
        }
        return inflate(bytes, OLD_HEADER, Long.reverseBytes(bytes.i64(4)));
    }

    private static ByteBuffer inflate(ElfBytes bytes, int header, long size) {
        var input = bytes.slice(header, bytes.size() - (long) header, "a compressed section");
        if (size < 0 || size > MOST || size > input.limit() * MOST_OF_ONE) {
            throw new ElfFormatException("has a compressed section of " + Long.toUnsignedString(size) + " bytes");
        }
        // Room grows with what is really there: the size is only a claim.
        var output = new byte[(int) Math.min(size, Math.max(1024, input.limit() * 8L))];
        var inflater = new Inflater();
        try {
            inflater.setInput(input);
            int length = 0;
            while (length < size) {
                if (length == output.length) {
                    output = Arrays.copyOf(output, (int) Math.min(size, output.length * 4L));
                }
                int more = inflater.inflate(output, length, output.length - length);
                if (more == 0) {
                    throw new ElfFormatException("has a compressed section that ends too early");
                }
                length += more;
            }
        } catch (DataFormatException e) {
            throw new ElfFormatException("has a damaged compressed section");
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    }
}
