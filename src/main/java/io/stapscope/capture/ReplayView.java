package io.stapscope.capture;

/**
 * How a recording plays.
 *
 * @param name of the bundled recording
 * @param speed times as fast as it was recorded, 1 to 60
 * @param lengthMillis of the whole recording
 */
public record ReplayView(String name, double speed, boolean paused, long lengthMillis) {}
