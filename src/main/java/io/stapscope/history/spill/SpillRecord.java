package io.stapscope.history.spill;

import java.util.UUID;

/**
 * One record of a spill.
 *
 * @param seq grows by one from record to record of a log
 * @param subject the capture it belongs to
 * @param weight rows or lines in it, for counting what a lost record held
 */
public record SpillRecord(long seq, UUID subject, int weight, byte[] payload) {}
