package io.stapscope.interpreter.library;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** Times as text. */
public final class Times {
    private Times() {}

    /** {@code Wed Jun 30 21:49:08 1993}, in GMT. */
    public static String ctime(long epochSeconds) {
        if (epochSeconds > Integer.MAX_VALUE) {
            throw new LibraryException("Time too far in the future to be converted");
        }
        if (epochSeconds < Integer.MIN_VALUE) {
            throw new LibraryException("Time too far in the past to be converted");
        }
        var time = LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
        return String.format(
                Locale.ROOT,
                "%s %s %2d %02d:%02d:%02d %d",
                name(time.getDayOfWeek()),
                name(time.getMonth()),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getYear());
    }

    /** {@link #ctime} in the zone of the host, with the zone's name behind. */
    public static String tzCtime(long epochSeconds, ZoneId zone) {
        return ctime(epochSeconds - tzGmtoff(epochSeconds, zone)) + " " + tzName(epochSeconds, zone);
    }

    /** Seconds west of Greenwich. */
    public static long tzGmtoff(long epochSeconds, ZoneId zone) {
        return -zone.getRules().getOffset(Instant.ofEpochSecond(epochSeconds)).getTotalSeconds();
    }

    public static String tzName(long epochSeconds, ZoneId zone) {
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .format(Instant.ofEpochSecond(epochSeconds).atZone(zone));
    }

    /** {@code XmY.ZZZs}; {@code perSecond} is 1,000, 1,000,000 or 1,000,000,000. */
    public static String minutes(long time, long perSecond) {
        long seconds = time / perSecond;
        int digits = Long.toString(perSecond).length() - 1;
        long rest = time % perSecond;
        var fraction = (rest < 0 ? "-" : "") + String.format(Locale.ROOT, "%0" + digits + "d", Math.abs(rest));
        return seconds / 60 + "m" + seconds % 60 + "." + fraction + "s";
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static String name(Month month) {
        return month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }
}
