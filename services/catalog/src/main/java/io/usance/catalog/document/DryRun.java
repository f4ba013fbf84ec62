package io.usance.catalog.document;

import io.quarkus.logging.LoggingFilter;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Work that is taken back: what it says in the log has not happened, so it does not say it. */
@LoggingFilter(name = "dry-run")
public final class DryRun implements Filter {
    private static final String KEY = DryRun.class.getName();

    /** @param work whose transaction is rolled back, on the context of a request */
    static <T> Uni<T> of(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            ContextLocals.put(KEY, true);
            return work.get().onTermination().invoke(() -> ContextLocals.remove(KEY));
        });
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        return !VertxContext.isOnDuplicatedContext() || !ContextLocals.<Boolean>get(KEY, false);
    }
}
