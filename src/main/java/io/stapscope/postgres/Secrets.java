package io.stapscope.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;

/** The password of the server, in a file that only its owner may read. */
final class Secrets {
    private static final int BYTES = 24;

    private Secrets() {}

    /** Reads the file, or makes it with a random password. */
    static String of(Path file) throws IOException {
        if (Files.exists(file)) {
            String password = Files.readString(file).trim();
            if (!password.isEmpty()) {
                return password;
            }
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        write(file, password);
        return password;
    }

    static void write(Path file, String secret) throws IOException {
        Files.deleteIfExists(file);
        var rights = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, rights)) {
            var bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
