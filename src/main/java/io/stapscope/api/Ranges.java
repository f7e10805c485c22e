package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.history.Facet;
import io.stapscope.history.SeriesRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what routes are asked with; whatever cannot be read is refused by the parameter's name. */
final class Ranges {
    /** Enough for a curve. */
    private static final int MOST_QUANTILES = 128;

    /** The end of the year 9999: what is further from 1970 is no time of a capture, and none that the store can hold. */
    private static final long FURTHEST_MILLIS = 253_402_300_799_999L;

    private Ranges() {}

    static UUID given(String parameter, @Nullable UUID id) {
        if (id == null) {
            throw ApiException.badRequest(parameter, "the parameter " + parameter + " is needed: the id of a capture");
        }
        return id;
    }

    /** A series' number says its facet; the total is series 0 of every aggregate. */
    static SeriesRange of(
            UUID id, int agg, String facet, String series, @Nullable Long from, @Nullable Long to, int columns) {
        var parsed = facet(facet);
        within("columns", columns, 1, SeriesRange.MAX_COLUMNS);
        moment("from", from);
        moment("to", to);
        if (from != null && to != null && from >= to) {
            throw ApiException.badRequest("from", "the range is empty: from is not before to");
        }
        var numbers = parsed == Facet.TOTAL ? List.of(0) : numbers(series);
        return new SeriesRange(id, agg, numbers, from, to, columns);
    }

    static Facet facet(String word) {
        var facet = Facet.ofWord(word);
        if (facet == null) {
            throw ApiException.badRequest("facet", "facets are total, full, pid, tid, syscall, cpu, uid and execname");
        }
        return facet;
    }

    static List<Integer> numbers(String text) {
        var numbers = new ArrayList<Integer>();
        for (var part : text.split(",", SeriesRange.MAX_SERIES + 1)) {
            try {
                numbers.add(Integer.parseInt(part.strip()));
            } catch (NumberFormatException e) {
                throw ApiException.badRequest(
                        "series",
                        "series are up to " + SeriesRange.MAX_SERIES + " numbers with commas between, not '" + part
                                + "'");
            }
        }
        return numbers;
    }

    static List<Double> fractions(String text) {
        var fractions = new ArrayList<Double>();
        for (var part : text.split(",", MOST_QUANTILES + 1)) {
            double fraction;
            try {
                fraction = Double.parseDouble(part.strip());
            } catch (NumberFormatException e) {
                fraction = Double.NaN;
            }
            if (!(fraction >= 0 && fraction <= 1) || fractions.size() == MOST_QUANTILES) {
                throw ApiException.badRequest(
                        "q", "quantiles are up to " + MOST_QUANTILES + " numbers from 0 to 1 with commas between");
            }
            fractions.add(fraction);
        }
        return fractions;
    }

    /** A field that a form left empty asks for nothing. */
    static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** @param millis since 1970 */
    static @Nullable Long moment(String parameter, @Nullable Long millis) {
        return millis == null ? null : (Long) within(parameter, millis, -FURTHEST_MILLIS, FURTHEST_MILLIS);
    }

    static int within(String parameter, int value, int least, int most) {
        return (int) within(parameter, (long) value, least, most);
    }

    static long within(String parameter, long value, long least, long most) {
        if (value < least || value > most) {
            throw ApiException.badRequest(
                    parameter, parameter + "=" + value + " is not within " + least + " to " + most);
        }
        return value;
    }
}
