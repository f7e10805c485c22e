package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** What is kept for how long, and what it takes. */
public interface Retention {
    /** The policy of everybody first, then those of single owners by name. */
    Uni<List<RetentionPolicy>> policies();

    /** Replaces the policy of its owner; takes effect within a minute. */
    Uni<Void> change(RetentionPolicy policy);

    /** The owner has everybody's policy again; false when he had no other. */
    Uni<Boolean> forget(String owner);

    /** Of an owner; of all captures for the empty one. */
    Uni<StoreUsage> usage(String owner);
}
