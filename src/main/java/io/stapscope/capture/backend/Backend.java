package io.stapscope.capture.backend;

import io.stapscope.capture.ByteText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process of a PostgreSQL server, in text fit to be shown. Its pid may be another's later: it is known by its start, too.
 *
 * @param startedMicros backend_start since 1970; 0 when the server does not tell us
 * @param words {@code client backend · db · user}, as far as they are known; "" when nothing is
 * @param query the fingerprint of what it runs, or ran last; null when it ran nothing or we may not know
 */
public record Backend(
        int pid, long startedMicros, String words, @Nullable String query) {
    public static final String SEPARATOR = " · ";

    /** A name of PostgreSQL has at most 63 bytes; one that is no text gets longer when it is shown. */
    private static final int LONGEST_WORD = 96;

    /**
     * From what pg_stat_activity has, as byte strings.
     *
     * @param queryId compute_query_id's, 0 when there is none
     */
    static Backend of(
            int pid, long startedMicros, String type, String database, String user, String query, long queryId) {
        var words = Stream.of(type, database, user)
                .filter(each -> !each.isEmpty())
                .map(Backend::word)
                .collect(Collectors.joining(SEPARATOR));
        var shape = Fingerprint.of(ByteText.decode(query));
        return new Backend(
                pid, startedMicros, words, shape.isEmpty() ? null : queryId == 0 ? shape : shape + " #" + queryId);
    }

    private static String word(String bytes) {
        var text = ByteText.line(bytes);
        return text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD - 1) + "…";
    }
}
