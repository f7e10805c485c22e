package io.stapscope.api.message;

import io.stapscope.history.Coverage;

/**
 * What an answer about a range rests on.
 *
 * @param from milliseconds since 1970: the asked moment, or earlier where only coarser rows are left
 * @param to exclusive
 * @param coarsest second, minute, hour or day: the coarsest rows it was read from
 * @param finest the finest that are left where it begins: its columns are no shorter
 */
public record CoverageMessage(long from, long to, String coarsest, String finest) {
    public static CoverageMessage of(Coverage coverage) {
        return new CoverageMessage(
                coverage.fromMillis(),
                coverage.toMillis(),
                coverage.coarsest().word(),
                coverage.finest().word());
    }
}
