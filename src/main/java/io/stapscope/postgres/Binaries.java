package io.stapscope.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once per version from the jar that carries them. */
final class Binaries {
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    private Binaries() {}

    /** The folder that holds bin, lib and share. Unpacks beside it and renames, so a half-done one is never used. */
    static Path unpackOnce(Path stateDirectory, Consumer<String> progress) throws IOException {
        var resource = Binaries.class.getClassLoader().getResource(ARCHIVE);
        if (resource == null) {
            throw new PostgresException("no PostgreSQL for " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + " is included: give the URL of a server");
        }
        var connection = resource.openConnection();
        long size = connection.getContentLengthLong();
        Path folder = stateDirectory.resolve("postgres-" + size);
        if (Files.isExecutable(folder.resolve("bin/postgres"))) {
            return folder;
        }
        progress.accept("unpacking PostgreSQL");
        Path fresh = stateDirectory.resolve("postgres-" + size + ".new");
        Folders.delete(fresh);
        Folders.create(fresh, "rwxr-xr-x");
        try (var in = new XZInputStream(new BufferedInputStream(connection.getInputStream(), 1 << 16))) {
            new TarReader(in, fresh).unpack();
        }
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }
}
