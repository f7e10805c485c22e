package io.stapscope.kernel.inspect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guesses which existing name was meant. */
final class NearestName {
    /** Enough for /usr/bin; ends the search in mail queues. */
    private static final int MAX_NAMES = 20_000;

    private NearestName() {}

    /** Name of a sibling of a path that does not exist; null when none is close. */
    static @Nullable String beside(Path path) {
        var name = path.getFileName();
        var directory = path.getParent();
        return name == null || directory == null ? null : inAny(List.of(directory), name.toString());
    }

    /** A name in one of the directories, null when none is close. */
    static @Nullable String inAny(List<Path> directories, String wanted) {
        // One edit in three letters: more is not the same word any more.
        int bestDistance = Math.min(2, wanted.length() / 3) + 1;
        String best = null;
        for (var directory : directories) {
            try (var entries = Files.newDirectoryStream(directory)) {
                int seen = 0;
                for (var entry : entries) {
                    var name = entry.getFileName().toString();
                    int distance = distance(wanted, name, bestDistance);
                    if (distance < bestDistance) {
                        bestDistance = distance;
                        best = name;
                    }
                    if (++seen == MAX_NAMES) {
                        break;
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // A directory that cannot be listed offers no suggestions.
                continue;
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours; the limit when it is reached. */
    static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        var rows = new int[3][b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = rows[i % 3];
            var above = rows[(i - 1) % 3];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], rows[(i - 2) % 3][j - 2] + 1);
                }
            }
        }
        return Math.min(limit, rows[a.length() % 3][b.length()]);
    }
}
