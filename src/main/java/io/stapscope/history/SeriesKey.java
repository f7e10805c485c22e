package io.stapscope.history;

/** Names a series within its capture. */
record SeriesKey(int agg, int number) {}
