package io.usance.gateway.clock;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock of the gateway, shifted like those of the services so that all agree on when a token expires. */
@ApplicationScoped
class ClockProducer {
    @Produces
    @Singleton
    Clock clock(ClockConfig config) {
        if (config.offset().isZero()) {
            return Clock.systemUTC();
        }
        Log.warnf("clock shifted offset=%s", config.offset());
        return Clock.offset(Clock.systemUTC(), config.offset());
    }
}
