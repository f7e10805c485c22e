package io.stapscope.history;

/**
 * Which rows are added up into which. Names are those of the tables: a level's rows of series and what is known of their
 * time, and the same of the finer rows they are made of.
 */
enum RollupLevel {
    HOUR("h_min", "capture_minute", "h_hour", "capture_hour", 3_600),
    DAY("h_hour", "capture_hour", "h_day", "capture_day", 86_400);

    final String parts;
    final String partTimes;
    final String rows;
    final String times;
    final long seconds;

    RollupLevel(String parts, String partTimes, String rows, String times, long seconds) {
        this.parts = parts;
        this.partTimes = partTimes;
        this.rows = rows;
        this.times = times;
        this.seconds = seconds;
    }
}
