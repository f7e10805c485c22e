package io.stapscope.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the server runs as: PostgreSQL refuses root, so root lends it another uid.
 *
 * @param lent whether we are root and {@code uid} is another user's
 */
record Identity(boolean lent, int uid) {
    private static final int NOBODY = 65534;

    /** The owner of existing data, else a user named stapscope, else nobody. */
    static Identity of(Path dataDirectory) throws IOException {
        int own = ownUid();
        if (own != 0) {
            return new Identity(false, own);
        }
        if (Files.exists(dataDirectory)) {
            return new Identity(true, (Integer) Files.getAttribute(dataDirectory, "unix:uid"));
        }
        return new Identity(true, named("stapscope", NOBODY));
    }

    static boolean isRoot() throws IOException {
        return ownUid() == 0;
    }

    /** Read from the status: /proc/self itself belongs to root when the program has file capabilities. */
    private static int ownUid() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Uid:")) {
                return Integer.parseInt(line.split("\\s+")[2]);
            }
        }
        throw new IOException("/proc/self/status has no Uid line");
    }

    private static int named(String user, int otherwise) throws IOException {
        Path users = Path.of("/etc/passwd");
        if (!Files.isReadable(users)) {
            return otherwise;
        }
        for (String line : Files.readAllLines(users)) {
            String[] fields = line.split(":", -1);
            if (fields.length > 2 && fields[0].equals(user)) {
                return Integer.parseInt(fields[2]);
            }
        }
        return otherwise;
    }

    List<String> command(List<String> arguments) {
        var command = new ArrayList<String>();
        if (lent) {
            command.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
        }
        command.addAll(arguments);
        return command;
    }

    void give(Path path) throws IOException {
        if (lent) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", uid);
        }
    }
}
