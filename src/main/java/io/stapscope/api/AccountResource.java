package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.Accounting;
import io.stapscope.history.LossRecord;
import io.stapscope.history.Verdict;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What of a capture is missing. */
@Path("/api/v1/captures/{id}/account")
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {
    private final Accounting accounting;

    AccountResource(Accounting accounting) {
        this.accounting = accounting;
    }

    @GET
    @Operation(summary = "Whether a capture is complete, and if not, what is missing, when and why")
    public Uni<AccountMessage> account(@PathParam("id") UUID id) {
        return accounting.of(id).map(AccountMessage::of);
    }

    /**
     * The account of a capture as far as it is stored.
     *
     * @param complete null while it runs
     * @param inexact why it is not complete, as name=number
     * @param balance what nobody accounts for, as name=difference
     */
    public record AccountMessage(
            @Nullable Boolean complete,
            List<String> inexact,
            List<String> balance,
            LossRecord losses,
            long refused,
            long lines,
            long storedLines,
            List<GapMessage> gaps) {
        static AccountMessage of(Accounting.Account account) {
            return new AccountMessage(
                    account.complete(),
                    account.inexact(),
                    Verdict.balance(account.losses()),
                    account.losses(),
                    account.refused(),
                    account.lines(),
                    account.storedLines(),
                    account.gaps().stream().map(GapMessage::of).toList());
        }
    }

    /** Times are milliseconds since 1970; lost rows are null when nobody can tell. */
    public record GapMessage(
            long from, long to, String reason, @Nullable Long lost, String detail) {
        static GapMessage of(Accounting.Gap gap) {
            return new GapMessage(gap.fromMillis(), gap.toMillis(), gap.reason().word(), gap.lost(), gap.detail());
        }
    }
}
