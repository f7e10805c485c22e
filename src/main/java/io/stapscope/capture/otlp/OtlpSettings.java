package io.stapscope.capture.otlp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the totals of what runs are pushed to. */
@ConfigMapping(prefix = "stapscope.otlp")
public interface OtlpSettings {
    /** Nothing is pushed without one. */
    Optional<URI> endpoint();

    @WithDefault("15s")
    Duration interval();
}
