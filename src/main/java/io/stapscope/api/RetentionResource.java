package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.history.Retention;
import io.stapscope.history.RetentionPolicy;
import io.stapscope.history.StoreUsage;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** How long what is kept, how much it takes and will take. */
@Path("/api/v1/retention")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RetentionResource {
    private final Retention retention;

    RetentionResource(Retention retention) {
        this.retention = retention;
    }

    @GET
    @Operation(summary = "Policies, and what the captures of an owner take; of all without an owner")
    public Uni<RetentionMessage> get(@QueryParam("owner") @DefaultValue("") String owner) {
        return retention.policies().chain(policies -> retention
                .usage(owner)
                .map(usage -> new RetentionMessage(policies, UsageMessage.of(usage))));
    }

    @PUT
    @ResponseStatus(204)
    @Operation(summary = "Change the policy of an owner; of everybody without an owner")
    public Uni<Void> put(@Nullable PolicyRequest request) {
        if (request == null) {
            throw ApiException.badRequest("policy", "a policy is missing");
        }
        return retention.change(policy(request));
    }

    private static RetentionPolicy policy(PolicyRequest request) {
        try {
            return new RetentionPolicy(
                    request.owner() == null ? "" : request.owner(),
                    request.secondDays(),
                    request.minuteDays(),
                    request.hourDays(),
                    request.lineDays(),
                    request.quotaBytes());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("policy", String.valueOf(e.getMessage()));
        }
    }

    @DELETE
    @Path("/{owner}")
    @ResponseStatus(204)
    @Operation(summary = "Give an owner everybody's policy again")
    public Uni<Void> delete(@PathParam("owner") String owner) {
        return retention
                .forget(owner)
                .invoke(existed -> {
                    if (!existed) {
                        throw new ApiException(
                                404, "no_such_policy", owner + " has no policy", Map.of("owner", owner), List.of());
                    }
                })
                .replaceWithVoid();
    }

    /** @param owner null for everybody */
    public record PolicyRequest(
            @Nullable String owner, int secondDays, int minuteDays, int hourDays, int lineDays, long quotaBytes) {}

    /** Policies of everybody and of single owners, and the use that was asked for. */
    public record RetentionMessage(List<RetentionPolicy> policies, UsageMessage usage) {}

    /** Bytes; {@code predictedBytes} when the last hour goes on like this. */
    public record UsageMessage(
            String owner, long bytes, long secondBytes, long minuteBytes, long lineBytes, long predictedBytes) {
        static UsageMessage of(StoreUsage usage) {
            return new UsageMessage(
                    usage.owner(),
                    usage.bytes(),
                    usage.secondBytes(),
                    usage.minuteBytes(),
                    usage.lineBytes(),
                    usage.predictedBytes());
        }
    }
}
