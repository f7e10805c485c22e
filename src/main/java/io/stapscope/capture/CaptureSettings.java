package io.stapscope.capture;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the owner of the machine allows. */
@ConfigMapping(prefix = "stapscope")
public interface CaptureSettings {
    /** Whether the page may start target commands (-c). Whoever is logged in can then run any command. */
    @WithDefault("false")
    boolean allowTargetCommand();

    /** How long a capture goes on that nobody watches. */
    @WithDefault("30s")
    Duration lease();

    @WithDefault("24h")
    Duration maxDuration();

    @WithDefault("8")
    int maxCapturesPerUser();

    @WithDefault("32")
    int maxCaptures();

    @WithDefault("65536")
    int maxScriptBytes();

    /** Processes whose children are our own, such as the embedded database: left out of system-wide probes. */
    Optional<Set<Integer>> excludedParents();

    /** Where the login token and other files of the service lie; none are written without it. */
    Optional<String> stateDirectory();

    /** Names besides loopback that the service answers to. */
    Optional<java.util.List<String>> allowedHosts();
}
