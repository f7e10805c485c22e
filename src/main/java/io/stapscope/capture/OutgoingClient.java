package io.stapscope.capture;

import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends requests to other services; made when it is first needed, for most services tell nobody. Follows no redirects. */
public final class OutgoingClient {
    private final Duration patience;
    private @Nullable HttpClient client;

    /** @param patience for a connection */
    public OutgoingClient(Duration patience) {
        this.patience = patience;
    }

    public synchronized HttpClient get() {
        var made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(patience)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = made;
        }
        return made;
    }
}
