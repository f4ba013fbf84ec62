package io.usance.runtime.clock;

import io.quarkus.arc.DefaultBean;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * The one clock of a service; everything that needs the time injects it. It ticks in microseconds, which is what the
 * database keeps, so that an answer shows the same instant before it is stored as after.
 */
@ApplicationScoped
class ClockProducer {
    private static final Duration TICK = Duration.ofNanos(1_000);

    @Produces
    @Singleton
    @DefaultBean
    Clock clock(ClockConfig config) {
        if (!config.offset().isZero()) {
            Log.warnf("clock shifted offset=%s", config.offset());
        }
        return Clock.tick(Clock.offset(Clock.systemUTC(), config.offset()), TICK);
    }
}
