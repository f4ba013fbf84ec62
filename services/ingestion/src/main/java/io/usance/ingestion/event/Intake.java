package io.usance.ingestion.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets requests with events in, as long as there is memory to read them and storing keeps up with accepting. What is not let
 * in is told so before its body is read, and when to come again: it costs next to nothing, and nothing of it was taken.
 */
@ApplicationScoped
class Intake {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicBoolean behind = new AtomicBoolean();

    @Inject
    UsageEventRecords records;

    @Inject
    EventConfig config;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "quarkus.http.limits.max-body-size")
    MemorySize bodySizeMax;

    void onStart(@Observes StartupEvent event) {
        Gauge.builder("ingestion.requests.bytes", bytes, AtomicLong::get)
                .description("Bytes of the requests with events that are being read or wait for the broker")
                .register(metrics);
        // From the start, or the first of them would not show as an increase.
        shed(ProblemType.RATE_LIMITED);
        shed(ProblemType.UNAVAILABLE);
    }

    /**
     * Lets a request in until it is answered, or its connection ends.
     *
     * @throws ProblemException 429 if storing is too far behind; 503 if too many bytes are being read already
     */
    void admit(RoutingContext request) {
        demandStoringKeepsUp();
        long size = size(request);
        if (!take(size)) {
            if (full.compareAndSet(false, true)) {
                Log.warnf("events shed, too much at once bytes=%d", bytes.get());
            }
            throw shed(Problems.unavailable(
                    "too many events come at once: nothing was taken, send the same request again",
                    config.retryAfter()));
        }
        request.addEndHandler(end -> {
            if (bytes.addAndGet(-size) == 0 && full.compareAndSet(true, false)) {
                Log.info("events shed no longer, all that came is answered");
            }
        });
    }

    private void demandStoringKeepsUp() {
        Duration lag = records.behind();
        if (lag.compareTo(config.lagMax()) > 0) {
            if (behind.compareAndSet(false, true)) {
                Log.warnf("events shed until storing catches up lag=%s", lag);
            }
            throw shed(Problems.tooMany(
                    "events come faster than they are stored: nothing was taken, send the same request again",
                    config.retryAfter()));
        }
        if (behind.compareAndSet(true, false)) {
            Log.infof("events shed no longer, storing has caught up lag=%s", lag);
        }
    }

    /** What a request alone takes is always there, so that none is too large for ever. */
    private boolean take(long size) {
        long before = bytes.getAndUpdate(taken -> fits(taken, size) ? taken + size : taken);
        return fits(before, size);
    }

    private boolean fits(long taken, long size) {
        return taken == 0 || taken + size <= config.inFlightBytesMax();
    }

    /** Of a body whose length is not said, the most that it can be. */
    private long size(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? bodySizeMax.asLongValue() : Math.min(Long.parseLong(length), bodySizeMax.asLongValue());
    }

    private ProblemException shed(ProblemException problem) {
        shed(problem.type()).increment();
        return problem;
    }

    private Counter shed(ProblemType type) {
        return metrics.counter("ingestion.requests.shed", "type", type.name().toLowerCase(Locale.ROOT));
    }
}
