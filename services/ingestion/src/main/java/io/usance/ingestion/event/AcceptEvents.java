package io.usance.ingestion.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usance.contracts.usage.UsageEvents;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Takes a request's events: all of them, durably, or none. */
@Startup // so that its metrics are there before it is first needed
@ApplicationScoped
class AcceptEvents {
    /** From this size on a body is read on a worker, because it keeps the event loop for more than about a millisecond. */
    private static final int BODY_INLINE_BYTES_MAX = 32 * 1024;

    @Inject
    EventLog log;

    @Inject
    EventConfig config;

    @Inject
    Clock clock;

    private final Counter accepted;
    private final Counter refused;
    private final AtomicBoolean refusing = new AtomicBoolean();

    AcceptEvents(MeterRegistry metrics) {
        accepted = metrics.counter("ingestion.events.accepted");
        refused = metrics.counter("ingestion.requests.refused");
    }

    /** Completes when the events are on disk; fails with a problem otherwise, and then none was taken or may be re-sent. */
    Uni<Void> accept(String namespace, EventFormat format, byte[] body) {
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Uni<List<UsageEvent>> read =
                Uni.createFrom().item(() -> new EventReader(format, receivedAt, config).read(body));
        return (body.length > BODY_INLINE_BYTES_MAX
                        ? read.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        : read)
                .chain(events -> append(namespace, receivedAt, events));
    }

    private Uni<Void> append(String namespace, Instant receivedAt, List<UsageEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return log.append(new UsageEvents(namespace, receivedAt, events))
                .onFailure()
                .transform(this::refusal)
                .invoke(() -> accepted(events.size()));
    }

    private void accepted(int count) {
        accepted.increment(count);
        if (refusing.compareAndSet(true, false)) {
            Log.info("events accepted again");
        }
    }

    private ProblemException refusal(Throwable failure) {
        if (failure instanceof RecordTooLargeException) {
            return Problems.plain(
                    ProblemType.CONTENT_TOO_LARGE, "the batch is too large even when compressed: send it in parts");
        }
        refused.increment();
        if (refusing.compareAndSet(false, true)) {
            Log.warnf("events refused until the broker answers cause=%s", failure);
        }
        return Problems.unavailable(
                "events cannot be made durable at the moment: send the same request again, what was taken counts once",
                config.retryAfter());
    }
}
