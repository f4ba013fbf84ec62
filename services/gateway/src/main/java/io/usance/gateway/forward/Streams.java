package io.usance.gateway.forward;

import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that go on for as long as both sides like. Each holds a connection to its service, so there are fewer of them than
 * there are connections.
 */
@ApplicationScoped
class Streams {
    @Inject
    LimitsConfig limits;

    private final Set<RoutingContext> open = ConcurrentHashMap.newKeySet();

    /** A shutdown waits for requests that are on their way, and for these it would wait in vain. */
    private final Thread ending = new Thread(this::end, "streams-end");

    void start(@Observes StartupEvent started) {
        Runtime.getRuntime().addShutdownHook(ending);
    }

    @PreDestroy
    void stop() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException underWay) {
            // It runs already.
        }
    }

    /** False when there is no place for another one. */
    boolean enter(RoutingContext context) {
        open.add(context);
        context.addEndHandler(ended -> open.remove(context));
        if (open.size() > limits.streamsMax()) {
            open.remove(context);
            return false;
        }
        return true;
    }

    /** Who follows asks again, and gets to a gateway that stays. */
    private void end() {
        open.forEach(context -> context.request().connection().close());
    }
}
