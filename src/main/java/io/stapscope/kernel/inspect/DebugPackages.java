package io.stapscope.kernel.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What to install for debug information, by the distribution. */
final class DebugPackages {
    private static final String SERVERS = ", or set DEBUGINFOD_URLS to a server that has it";

    private DebugPackages() {}

    /** @param release os-release(5) */
    static String advice(Path release) {
        try {
            return adviceOf(Files.readString(release));
        } catch (IOException _) {
            return adviceOf("");
        }
    }

    /** A clause. */
    static String adviceOf(String release) {
        var ids = new StringBuilder();
        for (var line : release.lines().toList()) {
            if (line.startsWith("ID=") || line.startsWith("ID_LIKE=")) {
                ids.append(' ').append(line.substring(line.indexOf('=') + 1).replace("\"", ""));
            }
        }
        var known = (ids + " ").toLowerCase(Locale.ROOT);
        if (known.contains(" debian ") || known.contains(" ubuntu ")) {
            return "install the -dbgsym package of its package (find-dbgsym-packages names it)" + SERVERS;
        }
        if (known.contains(" fedora ") || known.contains(" rhel ")) {
            return "run dnf debuginfo-install with its package" + SERVERS;
        }
        if (known.contains(" suse ")) {
            return "install the -debuginfo package of its package" + SERVERS;
        }
        return "install the package with its debug information" + SERVERS;
    }
}
