package io.usance.runtime.lamp;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Calls use cases from a test's thread, as a request would: on an event loop of its own. */
public final class Calls {
    /** Runs {@code useCase} to its end. */
    public static <T> T call(Supplier<Uni<T>> useCase) {
        try {
            return VertxContextSupport.subscribeAndAwait(useCase);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Calls() {}
}
