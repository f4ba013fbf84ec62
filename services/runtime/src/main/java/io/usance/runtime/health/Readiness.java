package io.usance.runtime.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Says in a metric what the platform is told about whether this service can work, so that it can be alerted on. */
@ApplicationScoped
class Readiness {
    @Inject
    SmallRyeHealthReporter health;

    @Inject
    MeterRegistry metrics;

    private volatile boolean ready;

    void start(@Observes StartupEvent event) {
        Gauge.builder("health.ready", () -> ready ? 1 : 0)
                .description("1 if the service was ready when it was last looked, 0 otherwise")
                .register(metrics);
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return health.getReadinessAsync().invoke(now -> ready = !now.isDown()).replaceWithVoid();
    }
}
