package io.stapscope.capture.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.stapscope.capture.OutgoingClient;
import io.stapscope.history.AlertRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells other services of alerts, on hosts that whoever runs this service has named: a rule must not be a way to send
 * requests into the machine's network. Redirects are not followed.
 */
@ApplicationScoped
public class Webhooks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> hosts;
    private final OutgoingClient client = new OutgoingClient(PATIENCE);

    @Inject
    Webhooks(AlertSettings settings) {
        this(settings.webhookHosts().orElse(List.of()));
    }

    Webhooks(List<String> hosts) {
        this.hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** Why a webhook may not be used, in a sentence; null when it may. */
    public @Nullable String refusal(String webhook) {
        URI address;
        try {
            address = URI.create(webhook);
        } catch (IllegalArgumentException e) {
            return "the webhook is no address";
        }
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https"))
                || address.getHost() == null
                || address.getUserInfo() != null) {
            return "the webhook must be http://HOST… or https://HOST… without a user";
        }
        var host = address.getHost().toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("http") ? 80 : 443;
        return hosts.contains(host + ":" + port) || (address.getPort() < 0 && hosts.contains(host))
                ? null
                : "the host of the webhook is not among stapscope.alerts.webhook-hosts: name " + host
                        + (address.getPort() < 0 ? "" : ":" + port) + " there when the service starts";
    }

    /** What became of it, for people; never fails. */
    Uni<String> tell(AlertRule rule, UUID capture, long atMillis, double value) {
        var webhook = rule.webhook();
        if (webhook == null) {
            return Uni.createFrom().item("no webhook");
        }
        var refusal = refusal(webhook);
        if (refusal != null) {
            return Uni.createFrom().item("refused: " + refusal);
        }
        var request = HttpRequest.newBuilder(URI.create(webhook))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(rule, capture, atMillis, value)))
                .build();
        return Uni.createFrom()
                .completionStage(() -> client.get().sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .map(response -> "answered " + response.statusCode())
                .onFailure()
                .recoverWithItem(failure -> "failed: " + failure);
    }

    private static String body(AlertRule rule, UUID capture, long atMillis, double value) {
        var body = new LinkedHashMap<String, Object>();
        body.put("rule", rule.name());
        body.put("capture", capture);
        body.put("captureName", rule.captureName());
        body.put("measure", rule.measure());
        body.put("value", value);
        body.put("threshold", rule.threshold());
        body.put("forSeconds", rule.forSeconds());
        body.put("at", Instant.ofEpochMilli(atMillis).toString());
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
