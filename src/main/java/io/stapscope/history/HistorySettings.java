package io.stapscope.history;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the store is written, asked and kept in order. */
@ConfigMapping(prefix = "stapscope.history")
public interface HistorySettings {
    /** Between two writes of a capture's windows. */
    @WithDefault("2s")
    Duration flushInterval();

    /** What may wait on disk while the database is away. */
    @WithDefault("2G")
    MemorySize spillQuota();

    /** The longest that a question may take. */
    @WithDefault("10s")
    Duration questionLimit();

    /** From the start of the service to the first round of housekeeping: partitions, hours and days, retention. */
    @WithDefault("5s")
    Duration housekeepingDelay();

    @WithDefault("60s")
    Duration housekeepingInterval();
}
