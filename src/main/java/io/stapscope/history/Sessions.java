package io.stapscope.history;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Opens Hibernate's sessions where they may be opened: on a Vert.x context of their own. Callers may be on any thread;
 * answers come on a Vert.x thread.
 */
@ApplicationScoped
class Sessions {
    private final Vertx vertx;
    private final Mutiny.SessionFactory factory;

    Sessions(Vertx vertx, Mutiny.SessionFactory factory) {
        this.vertx = vertx;
        this.factory = factory;
    }

    /** One unit of work. */
    <T> Uni<T> transaction(Function<Mutiny.Session, Uni<T>> work) {
        return onContext(() -> factory.withTransaction(work));
    }

    private <T> Uni<T> onContext(Supplier<Uni<T>> operation) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(ignored -> operation.get().subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
