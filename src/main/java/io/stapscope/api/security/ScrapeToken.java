package io.stapscope.api.security;

import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a scraper shows instead of a session: it opens the figures of running captures and nothing else. It stands in the file
 * {@code scrape-token} of the state directory, readable by its owner only, and stays the same from start to start.
 */
@Startup
@ApplicationScoped
public class ScrapeToken {
    private static final Set<String> PATHS = Set.of("/api/v1/metrics/series", "/api/v1/metrics/accounts");

    private static final String FILE = "scrape-token";
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] valid;

    @Inject
    ScrapeToken(@ConfigProperty(name = "stapscope.state-directory") Optional<String> stateDirectory) {
        valid = stateDirectory.map(Path::of).map(ScrapeToken::kept).orElse(null);
    }

    boolean opens(HttpServerRequest request, String path) {
        var given = request.getHeader("Authorization");
        return valid != null
                && PATHS.contains(path)
                && request.method().equals(HttpMethod.GET)
                && given != null
                && given.startsWith(SCHEME)
                && SecretText.matches(valid, given.substring(SCHEME.length()));
    }

    private static byte[] kept(Path directory) {
        try {
            Files.createDirectories(directory);
            var file = directory.resolve(FILE);
            if (!Files.exists(file)) {
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                var fresh = Files.createTempFile(directory, FILE, ".new", ownerOnly);
                Files.writeString(fresh, SecretText.random() + "\n", StandardCharsets.US_ASCII);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return SecretText.digest(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the scrape token in " + directory, e);
        }
    }
}
