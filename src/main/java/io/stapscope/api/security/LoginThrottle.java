package io.stapscope.api.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** After five wrong tokens of one address within ten seconds, further ones wait until those are past. */
@ApplicationScoped
public class LoginThrottle {
    static final int FAILURES = 5;
    static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int ADDRESSES = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> failures = new LinkedHashMap<>();

    LoginThrottle() {
        this(System::nanoTime);
    }

    LoginThrottle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether this address has to wait; its token is not looked at then. */
    synchronized boolean isHeld(String address) {
        var recent = failures.get(address);
        if (recent == null) {
            return false;
        }
        long now = nanos.getAsLong();
        recent.removeIf(at -> now - at > WITHIN.toNanos());
        return recent.size() >= FAILURES;
    }

    synchronized void failed(String address) {
        failures.computeIfAbsent(address, _ -> new ArrayDeque<>()).add(nanos.getAsLong());
        if (failures.size() > ADDRESSES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }
}
