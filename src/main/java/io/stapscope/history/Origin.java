package io.stapscope.history;

import java.util.UUID;

/**
 * A capture and the zero of its time: all that its rows need.
 *
 * @param startedAtMillis since 1970
 */
record Origin(UUID capture, long startedAtMillis) {}
