package io.stapscope.capture.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How alerts are watched, and whom they may call. */
@ConfigMapping(prefix = "stapscope.alerts")
public interface AlertSettings {
    @WithDefault("5s")
    Duration interval();

    /** Hosts that webhooks may name; none without them. */
    Optional<List<String>> webhookHosts();
}
