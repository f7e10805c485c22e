package io.stapscope.history;

import java.util.BitSet;

/**
 * Which levels of a capture are stored where. Finer levels are kept for a shorter time, so each is there from some moment
 * on; hours and days are there when they were added up.
 *
 * @param secondsFrom from which second of the capture on there are seconds
 * @param minutesFrom from which second on there are minutes; the start of a minute, and of an hour unless it is 0
 * @param hours bit h = hour h of the capture is added up
 * @param days bit d = day d is
 */
record Detail(long secondsFrom, long minutesFrom, BitSet hours, BitSet days) {
    /** Everything as it was counted, nothing added up. */
    static Detail fine() {
        return new Detail(0, 0, new BitSet(), new BitSet());
    }

    /** As if minutes were the finest that is left. */
    Detail inMinutes() {
        return new Detail(Long.MAX_VALUE, minutesFrom, hours, days);
    }

    /** As if hours were the finest that is left. */
    Detail inHours() {
        return new Detail(Long.MAX_VALUE, Long.MAX_VALUE, hours, days);
    }

    boolean has(Level level, long second) {
        int unit = Math.toIntExact(second / level.seconds());
        return switch (level) {
            case SECOND -> second >= secondsFrom;
            case MINUTE -> second >= minutesFrom;
            case HOUR -> hours.get(unit);
            case DAY -> days.get(unit);
        };
    }

    /** The finest level of a range that begins at a second. */
    Level finest(long second) {
        return second < minutesFrom ? Level.HOUR : second < secondsFrom ? Level.MINUTE : Level.SECOND;
    }
}
