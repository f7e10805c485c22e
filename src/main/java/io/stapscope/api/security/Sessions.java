package io.stapscope.api.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who is logged in, in memory: a restart asks everybody to log in again. */
@ApplicationScoped
public class Sessions {
    /** Name of the cookie. */
    static final String COOKIE = "stapscope_session";

    static final Duration LIFETIME = Duration.ofDays(7);
    private static final int MOST = 1000;

    private final LongSupplier nanos;
    private final Map<String, Long> openedByDigest = new LinkedHashMap<>();

    Sessions() {
        this(System::nanoTime);
    }

    Sessions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A new session's cookie value; it is kept here only as a digest. */
    synchronized String open() {
        var secret = SecretText.random();
        openedByDigest.put(key(secret), nanos.getAsLong());
        if (openedByDigest.size() > MOST) {
            openedByDigest.remove(openedByDigest.keySet().iterator().next());
        }
        return secret;
    }

    synchronized boolean isOpen(@Nullable String secret) {
        if (secret == null) {
            return false;
        }
        // Looked up by digest: how long that takes says nothing about the secret.
        var opened = openedByDigest.get(key(secret));
        return opened != null && nanos.getAsLong() - opened < LIFETIME.toNanos();
    }

    private static String key(String secret) {
        return Base64.getEncoder().encodeToString(SecretText.digest(secret));
    }
}
