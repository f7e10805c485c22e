package io.stapscope.history;

/**
 * What an answer about a range rests on.
 *
 * @param fromMillis from where on exactly, since 1970: the asked moment, or earlier where only coarser rows are left
 * @param toMillis up to where, exclusive
 * @param coarsest the coarsest rows it was read from
 * @param finest the finest rows that are left where it begins: its columns are no shorter
 * @param rows how many rows each series has there at most
 */
public record Coverage(long fromMillis, long toMillis, Level coarsest, Level finest, long rows) {}
