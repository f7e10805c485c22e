package io.stapscope.kernel.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What we need of /proc/PID/status.
 *
 * @param process id of the process that the task belongs to (Tgid)
 * @param uid real user
 * @param gid real group
 * @param threads number of them, ended ones that are not yet gone included
 */
record ProcessStatus(int process, int uid, int gid, int threads) {
    /** Null when the process is gone. */
    static @Nullable ProcessStatus read(Path directory) {
        try {
            return parse(new String(Files.readAllBytes(directory.resolve("status")), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return null;
        }
    }

    static ProcessStatus parse(String text) {
        return new ProcessStatus(
                first(text, "\nTgid:"), first(text, "\nUid:"), first(text, "\nGid:"), first(text, "\nThreads:"));
    }

    /** First number behind a label. The name of the process stands before all of them, with its newlines escaped. */
    private static int first(String text, String label) {
        int at = text.indexOf(label) + label.length();
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int end = at;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == at ? 0 : Integer.parseUnsignedInt(text, at, end, 10);
    }
}
