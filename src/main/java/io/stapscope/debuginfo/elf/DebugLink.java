package io.stapscope.debuginfo.elf;

import java.util.HexFormat;
import java.util.Optional;

/** Where a file says that more debug information is. */
public sealed interface DebugLink {
    /**
     * All debug information of a stripped file, {@code .gnu_debuglink}.
     *
     * @param name of the file, without a directory
     * @param crc CRC32 of that file's bytes
     */
    record Separate(String name, int crc) implements DebugLink {}

    /**
     * What several files share, {@code .gnu_debugaltlink}.
     *
     * @param path of the file, relative to the one that has the link, or absolute
     * @param buildId of that file, hexadecimal digits
     */
    record Shared(String path, String buildId) implements DebugLink {}

    /** Longest build id; the linkers write 16 or 20 bytes. */
    int LONGEST_ID = 64;

    /** @return nothing when the name is none of a file: empty, or with a directory */
    static Optional<Separate> separate(ElfBytes bytes) {
        var name = bytes.text(0);
        long crc = (name.length() + 1L + 3) & -4;
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            return Optional.empty();
        }
        return Optional.of(new Separate(name, bytes.i32(crc)));
    }

    static Optional<Shared> shared(ElfBytes bytes) {
        var path = bytes.text(0);
        long start = path.length() + 1L;
        if (path.isEmpty() || start >= bytes.size()) {
            return Optional.empty();
        }
        return Optional.of(new Shared(path, hex(bytes, start, bytes.size() - start)));
    }

    /** Empty when it is longer than any build id. */
    static String hex(ElfBytes bytes, long offset, long size) {
        if (size > LONGEST_ID) {
            return "";
        }
        var raw = new byte[(int) size];
        bytes.slice(offset, size, "the build id").get(raw);
        return HexFormat.of().formatHex(raw);
    }
}
