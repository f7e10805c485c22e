package io.stapscope.capture.backend;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The PostgreSQL server whose processes get its own names; none are asked for without it. */
@ConfigMapping(prefix = "stapscope.postgresql")
public interface BackendSettings {
    /** {@code postgresql://USER@HOST:PORT/DATABASE}, or {@code own} for the server that keeps the captures. */
    Optional<String> url();

    /** In place of the user in the URL. */
    Optional<String> user();

    Optional<String> password();

    /** From one look to the next. */
    @WithDefault("1s")
    Duration interval();
}
