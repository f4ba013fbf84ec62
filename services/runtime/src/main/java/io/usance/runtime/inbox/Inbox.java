package io.usance.runtime.inbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes each event once, however often it is delivered: because of a row, not because of hope. */
@ApplicationScoped
public class Inbox {
    /** Most rows forgotten in one transaction. */
    static final int FORGET_SIZE_MAX = 5_000;

    private static final String REMEMBER = """
            insert into inbox (namespace, event_id, received_at) values (:namespace, :event_id, :received_at)
            on conflict do nothing
            """;
    private static final String FORGET = """
            delete from inbox where (namespace, event_id) in (
                select namespace, event_id from inbox where received_at < :before
                order by received_at limit :size for update skip locked)
            """;

    @Inject
    Clock clock;

    @Inject
    InboxConfig config;

    /**
     * Runs {@code work} unless the event was taken before, in the current transaction, so that the work and the memory of
     * it are one commit.
     *
     * @return fails with {@link IllegalStateException} outside a transaction
     */
    public Uni<Void> once(String namespace, String eventId, Supplier<Uni<Void>> work) {
        return Panache.getSession()
                .chain(session -> remember(session, namespace, eventId))
                .chain(written -> written == 1 ? work.get() : Uni.createFrom().voidItem());
    }

    private Uni<Integer> remember(Mutiny.Session session, String namespace, String eventId) {
        if (session.currentTransaction() == null) {
            return Uni.createFrom()
                    .failure(new IllegalStateException("an event is taken in the transaction of its work"));
        }
        return session.createNativeQuery(REMEMBER)
                .setParameter("namespace", namespace)
                .setParameter("event_id", eventId)
                .setParameter("received_at", clock.instant())
                .executeUpdate();
    }

    /** Forgets what is older than the retention. Replicas may do it at the same time: each takes other rows. */
    @Scheduled(every = "1h", delayed = "10m")
    Uni<Void> forget() {
        return Multi.createBy()
                .repeating()
                .uni(this::forgetSome)
                .whilst(forgotten -> forgotten == FORGET_SIZE_MAX)
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> Log.warnf("inbox not cleaned, next try in an hour cause=%s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Integer> forgetSome() {
        return Panache.withTransaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET)
                        .setParameter("before", clock.instant().minus(config.retention()))
                        .setParameter("size", FORGET_SIZE_MAX)
                        .executeUpdate()));
    }
}
