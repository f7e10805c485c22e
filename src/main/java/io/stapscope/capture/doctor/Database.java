package io.stapscope.capture.doctor;

/**
 * How the store answered.
 *
 * @param found its version, or why it did not answer
 */
public record Database(boolean reachable, String found) {}
