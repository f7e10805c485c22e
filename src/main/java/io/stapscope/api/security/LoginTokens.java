package io.stapscope.api.security;

import io.quarkus.runtime.Startup;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The one-time login token. One is valid at a time; using it makes the next. It is printed once by {@code up}, and the valid
 * one stands in the file {@code login-token} of the state directory, readable by its owner only, for a second browser.
 */
@Startup
@ApplicationScoped
public class LoginTokens {
    private static final String FILE = "login-token";

    private final @Nullable Path directory;
    private @Nullable String first;
    private byte[] valid;

    @Inject
    LoginTokens(@ConfigProperty(name = "stapscope.state-directory") Optional<String> stateDirectory) {
        this(stateDirectory.map(Path::of).orElse(null));
    }

    LoginTokens(@Nullable Path directory) {
        this.directory = directory;
        this.first = SecretText.random();
        this.valid = SecretText.digest(first);
        write(first);
    }

    /** The token to print, the first time it is asked for; null afterwards. */
    public synchronized @Nullable String takeForPrinting() {
        var token = first;
        first = null;
        return token;
    }

    /** Whether this is the valid token; it is used up then. */
    synchronized boolean redeem(String token) {
        if (!SecretText.matches(valid, token)) {
            return false;
        }
        first = null;
        var next = SecretText.random();
        valid = SecretText.digest(next);
        write(next);
        return true;
    }

    private void write(String token) {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            // A new file, so that nobody who opened the old one, or made it with other rights, reads this token.
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(directory, FILE, ".new", ownerOnly);
            Files.writeString(fresh, token + "\n", StandardCharsets.US_ASCII);
            Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the login token to " + directory, e);
        }
    }
}
