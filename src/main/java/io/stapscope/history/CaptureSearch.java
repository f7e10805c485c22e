package io.stapscope.history;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which captures are looked for; everything given must hold.
 *
 * @param words each a part of script, name, target, arguments, tags or host, or the beginning of a key
 * @param tag the whole tag
 * @param host the whole name of the machine
 * @param key a whole key or label, or a word of a label, in any case
 * @param fromMillis captures that went on after this moment, since 1970
 * @param toMillis captures that began before this moment
 */
public record CaptureSearch(
        List<String> words,
        @Nullable String tag,
        @Nullable String host,
        @Nullable String key,
        @Nullable Long fromMillis,
        @Nullable Long toMillis) {
    /** More words narrow nothing down any more, and each costs a look-up. */
    public static final int MOST_WORDS = 16;

    public static final CaptureSearch EVERYTHING = of(null);

    public CaptureSearch {
        words = List.copyOf(words);
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException(words.size() + " words, at most " + MOST_WORDS + " can be searched for");
        }
    }

    /** The words of a text. */
    public static CaptureSearch of(@Nullable String query) {
        return new CaptureSearch(words(query), null, null, null, null, null);
    }

    /** The words of a text, in the order in which they stand there. */
    public static List<String> words(@Nullable String query) {
        return query == null
                ? List.of()
                : Stream.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList();
    }
}
