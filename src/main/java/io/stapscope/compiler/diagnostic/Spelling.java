package io.stapscope.compiler.diagnostic;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
public final class Spelling {
    private Spelling() {}

    /** The candidate few edits away from {@code word}, the first of the closest; null when none is close. */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        int allowed = Math.max(1, word.length() / 3);
        String best = null;
        for (var candidate : candidates) {
            // Also keeps the table small when somebody feeds a name as long as the script.
            if (Math.abs(candidate.length() - word.length()) > allowed) {
                continue;
            }
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance <= allowed && !candidate.equals(word)) {
                allowed = distance - 1;
                best = candidate;
            }
        }
        return best == null ? begun(word, candidates) : best;
    }

    /** The only candidate that goes on where {@code word} ends. */
    private static @Nullable String begun(String word, Collection<String> candidates) {
        var longer = candidates.stream()
                .filter(each -> each.startsWith(word) && each.length() > word.length())
                .toList();
        return word.length() >= 3 && longer.size() == 1 ? longer.getFirst() : null;
    }

    /** Edits (insert, remove, replace, swap neighbours) from one word to the other. */
    static int distance(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(rows[i - 1][j - 1] + cost, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    best = Math.min(best, rows[i - 2][j - 2] + 1);
                }
                rows[i][j] = best;
            }
        }
        return rows[from.length()][to.length()];
    }
}
