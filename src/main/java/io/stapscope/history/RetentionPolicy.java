package io.stapscope.history;

/**
 * How long what is kept, and how much of it. Finer rows go first; hours and days stay longest.
 *
 * @param owner whose captures; empty for everybody without a policy of his own, and for the quota of all together
 * @param secondDays windows of a second
 * @param hourDays hours and days; captures that ended earlier go as a whole
 * @param lineDays what scripts printed
 */
public record RetentionPolicy(
        String owner, int secondDays, int minuteDays, int hourDays, int lineDays, long quotaBytes) {
    private static final int MOST_DAYS = 3_660;
    private static final long LEAST_QUOTA = 1 << 20;

    public RetentionPolicy {
        within("secondDays", secondDays);
        within("minuteDays", minuteDays);
        within("hourDays", hourDays);
        within("lineDays", lineDays);
        if (minuteDays < secondDays || hourDays < minuteDays) {
            throw new IllegalArgumentException(
                    "coarser rows are kept at least as long as finer ones: secondDays <= minuteDays <= hourDays");
        }
        if (quotaBytes < LEAST_QUOTA) {
            throw new IllegalArgumentException("quotaBytes is " + quotaBytes + ", the least is " + LEAST_QUOTA);
        }
    }

    private static void within(String name, int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException(name + " is " + days + ", allowed are 1 to " + MOST_DAYS);
        }
    }
}
