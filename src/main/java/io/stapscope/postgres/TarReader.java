package io.stapscope.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks files, directories and symbolic links of a ustar archive, GNU long names included. Nothing is written
 * outside the destination.
 *
 * <pre>
 * header block of 512 bytes:  name[100] mode[8] uid[8] gid[8] size[12] mtime[12] checksum[8] type[1] link[100]
 *                             magic[6] version[2] user[32] group[32] device[16] prefix[155]
 * then the content, padded to 512; two zero blocks end the archive
 * </pre>
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int OWNER_EXECUTES = 0100;

    private final InputStream in;
    private final Path destination;
    private final byte[] header = new byte[BLOCK];

    TarReader(InputStream in, Path destination) {
        this.in = in;
        this.destination = destination.toAbsolutePath().normalize();
    }

    void unpack() throws IOException {
        String longName = "";
        while (readHeader()) {
            String name = longName.isEmpty() ? name() : longName;
            longName = "";
            long size = Long.parseLong(text(SIZE, SIZE_LENGTH).trim(), 8);
            switch (header[TYPE]) {
                case '0', 0 -> file(inside(name), size);
                case '2' -> link(inside(name), text(LINK, NAME_LENGTH));
                case '5' -> Files.createDirectories(inside(name));
                case 'L' -> {
                    byte[] bytes = content(size);
                    longName = text(bytes, 0, bytes.length);
                }
                case 'g', 'x' -> content(size);
                default -> throw new IOException("tar entry " + name + " is of unknown type " + (char) header[TYPE]);
            }
        }
    }

    private boolean readHeader() throws IOException {
        int read = in.readNBytes(header, 0, BLOCK);
        if (read < BLOCK) {
            throw new EOFException("tar archive ends within a header");
        }
        return header[NAME] != 0;
    }

    private String name() {
        String prefix = text(PREFIX, PREFIX_LENGTH);
        String name = text(NAME, NAME_LENGTH);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private void file(Path path, long size) throws IOException {
        Files.createDirectories(path.getParent());
        try (var out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[1 << 16];
            long left = size;
            while (left > 0) {
                int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                if (read == 0) {
                    throw new EOFException("tar archive ends within " + path);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        in.skipNBytes(padding(size));
        boolean executable = (Integer.parseInt(text(MODE, 8).trim(), 8) & OWNER_EXECUTES) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private void link(Path path, String target) throws IOException {
        if (!path.resolveSibling(target).normalize().startsWith(destination)) {
            throw new IOException("tar link " + path + " leaves the destination");
        }
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(target));
    }

    private byte[] content(long size) throws IOException {
        byte[] bytes = in.readNBytes((int) size);
        in.skipNBytes(padding(size));
        return bytes;
    }

    private Path inside(String name) throws IOException {
        Path path = destination.resolve(name).normalize();
        if (!path.startsWith(destination)) {
            throw new IOException("tar entry " + name + " leaves the destination");
        }
        return path;
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private String text(int offset, int length) {
        return text(header, offset, length);
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }
}
