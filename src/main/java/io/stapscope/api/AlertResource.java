package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.capture.alert.Webhooks;
import io.stapscope.history.Alert;
import io.stapscope.history.AlertRule;
import io.stapscope.history.Alerts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Rules that watch running captures, and what they found. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AlertResource {
    private static final int MOST_ALERTS = 1_000;

    private final Alerts alerts;
    private final Webhooks webhooks;

    AlertResource(Alerts alerts, Webhooks webhooks) {
        this.alerts = alerts;
        this.webhooks = webhooks;
    }

    /**
     * A rule to make.
     *
     * @param quantile null watches the values per second
     * @param forSeconds how many of the last seconds are measured
     * @param webhook an address on a host that the configuration allows; null: nobody is told
     */
    public record RuleRequest(
            @Nullable String name,
            @Nullable String captureName,
            @Nullable String aggregate,
            @Nullable Double quantile,
            @Nullable Double threshold,
            @Nullable Integer forSeconds,
            @Nullable String webhook,
            @Nullable Boolean enabled) {}

    /** Whether a rule watches. */
    public record EnabledRequest(@Nullable Boolean enabled) {}

    public record RulesMessage(List<AlertRule> rules) {}

    /** A time in which a rule held. Times are milliseconds since 1970; {@code endedAt} is null while it goes on. */
    public record AlertMessage(
            long id,
            long ruleId,
            String rule,
            String measure,
            String aggregate,
            @Nullable Double quantile,
            double threshold,
            UUID capture,
            long beganAt,
            @Nullable Long endedAt,
            double value,
            double worst,
            @Nullable String told) {
        static AlertMessage of(Alert alert) {
            return new AlertMessage(
                    alert.id(),
                    alert.rule().id(),
                    alert.rule().name(),
                    alert.rule().measure(),
                    alert.rule().aggregate(),
                    alert.rule().quantile(),
                    alert.rule().threshold(),
                    alert.capture(),
                    alert.beganAtMillis(),
                    alert.endedAtMillis(),
                    alert.value(),
                    alert.worst(),
                    alert.told());
        }
    }

    public record AlertsMessage(List<AlertMessage> alerts) {}

    @GET
    @Operation(summary = "What rules found, newest first")
    public Uni<AlertsMessage> list(
            @QueryParam("capture") @Nullable UUID capture, @QueryParam("limit") @DefaultValue("100") int limit) {
        return alerts.list(capture, Ranges.within("limit", limit, 1, MOST_ALERTS))
                .map(found ->
                        new AlertsMessage(found.stream().map(AlertMessage::of).toList()));
    }

    @GET
    @Path("/rules")
    @Operation(summary = "The rules by name")
    public Uni<RulesMessage> rules() {
        return alerts.rules().map(RulesMessage::new);
    }

    @POST
    @Path("/rules")
    @ResponseStatus(201)
    @Operation(summary = "Watch captures of a name: a quantile or a rate above a threshold for a time")
    public Uni<AlertRule> add(@Nullable RuleRequest request) {
        if (request == null || request.threshold() == null) {
            throw ApiException.badRequest("threshold", "a rule needs a threshold");
        }
        if (request.webhook() != null) {
            var refusal = webhooks.refusal(request.webhook());
            if (refusal != null) {
                throw ApiException.badRequest("webhook", refusal);
            }
        }
        try {
            return alerts.add(rule(request, request.threshold()))
                    .onFailure(IllegalArgumentException.class)
                    .transform(e ->
                            new ApiException(409, "rule_exists", String.valueOf(e.getMessage()), Map.of(), List.of()));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("rule", String.valueOf(e.getMessage()));
        }
    }

    private static AlertRule rule(RuleRequest request, double threshold) {
        return new AlertRule(
                0,
                text(request.name()),
                text(request.captureName()),
                text(request.aggregate()),
                request.quantile(),
                threshold,
                request.forSeconds() == null ? 60 : request.forSeconds(),
                request.webhook(),
                request.enabled() == null || request.enabled());
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    @PUT
    @Path("/rules/{rule}")
    @ResponseStatus(204)
    @Operation(summary = "Let a rule watch or rest")
    public Uni<Void> enable(@PathParam("rule") long rule, @Nullable EnabledRequest request) {
        if (request == null || request.enabled() == null) {
            throw ApiException.badRequest("enabled", "enabled is needed: true or false");
        }
        return existing(alerts.enable(rule, request.enabled()), rule);
    }

    @DELETE
    @Path("/rules/{rule}")
    @ResponseStatus(204)
    @Operation(summary = "Remove a rule and what it found")
    public Uni<Void> remove(@PathParam("rule") long rule) {
        return existing(alerts.remove(rule), rule);
    }

    private static Uni<Void> existing(Uni<Boolean> changed, long rule) {
        return changed.invoke(existed -> {
                    if (!existed) {
                        throw ApiException.notFound("no_such_rule", "no rule " + rule);
                    }
                })
                .replaceWithVoid();
    }
}
