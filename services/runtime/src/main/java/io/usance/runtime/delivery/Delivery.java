package io.usance.runtime.delivery;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.inbox.Inbox;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;

/** One event on its way into the database, and what has happened to it so far. */
final class Delivery {
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 10;

    private final Inbox inbox;
    private final Envelope envelope;
    private final Function<Envelope, Uni<Void>> handler;

    /** Where the message came on: sessions of the database belong to it, and so every try begins on it. */
    private final Context context = Vertx.currentContext();

    /** Failures that will not heal. */
    private int failures;

    /** Failures that will, in a row. */
    private int waits;

    Delivery(Inbox inbox, Envelope envelope, Function<Envelope, Uni<Void>> handler) {
        this.inbox = inbox;
        this.envelope = envelope;
        this.handler = handler;
    }

    String eventId() {
        return envelope.eventId();
    }

    String type() {
        return envelope.type();
    }

    /** Tries until it is done; fails when the handler has failed {@value Deliveries#TRIES_MAX} times. */
    Uni<Void> run() {
        return Uni.createFrom()
                .deferred(this::attempt)
                .invoke(this::done)
                .onFailure(this::isWorthAnotherTry)
                .retry()
                .when(this::pauses);
    }

    private Uni<Void> attempt() {
        return Panache.withTransaction(
                () -> inbox.once(envelope.namespace(), envelope.eventId(), () -> handler.apply(envelope)));
    }

    private boolean isWorthAnotherTry(Throwable failure) {
        if (Healing.heals(failure)) {
            if (waits++ == 0) {
                Log.warnf("event waits event=%s type=%s cause=%s", eventId(), type(), failure);
            }
            return true;
        }
        waits = 0;
        return ++failures < Deliveries.TRIES_MAX;
    }

    private void done() {
        if (waits > 0) {
            Log.infof("event taken after waiting event=%s type=%s tries=%d", eventId(), type(), waits + 1);
        }
    }

    private Multi<Long> pauses(Multi<Throwable> failed) {
        return failed.onItem().transformToUniAndConcatenate(failure -> pause());
    }

    private Uni<Long> pause() {
        int doublings = Math.min(Math.max(waits, failures) - 1, DOUBLINGS_MAX);
        long millis = Math.min(PAUSE_MAX.toMillis(), PAUSE_MIN.toMillis() << doublings);
        return Uni.createFrom()
                .emitter(emitter -> context.owner()
                        .setTimer(millis, timer -> context.runOnContext(now -> emitter.complete(millis))));
    }
}
