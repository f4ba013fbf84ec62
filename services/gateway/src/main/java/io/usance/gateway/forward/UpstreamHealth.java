package io.usance.gateway.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.usance.gateway.route.Upstream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which services answer, as seen by the requests that went to them. */
@ApplicationScoped
class UpstreamHealth {
    private static final Set<String> REASONS = Set.of("unreachable", "broken", "late", "cut");

    private final Map<Upstream, AtomicBoolean> lost = new EnumMap<>(Upstream.class);
    private final MeterRegistry metrics;

    @Inject
    UpstreamHealth(MeterRegistry metrics) {
        this.metrics = metrics;
        for (Upstream upstream : Upstream.values()) {
            AtomicBoolean state = new AtomicBoolean();
            lost.put(upstream, state);
            metrics.gauge(
                    "gateway.upstreams.reachable",
                    io.micrometer.core.instrument.Tags.of("upstream", upstream.id()),
                    state,
                    away -> away.get() ? 0 : 1);
            REASONS.forEach(reason -> failed(upstream, reason));
        }
    }

    void answered(Upstream upstream) {
        AtomicBoolean state = lost.get(upstream);
        if (state.get() && state.compareAndSet(true, false)) {
            Log.infof("upstream back upstream=%s", upstream.id());
        }
    }

    /** A request could not be brought to the service, or its connection broke before the answer. */
    void lost(Upstream upstream, String reason, Throwable cause) {
        count(upstream, reason);
        if (lost.get(upstream).compareAndSet(false, true)) {
            Log.warnf("upstream lost upstream=%s reason=%s cause=%s", upstream.id(), reason, cause.getMessage());
        }
    }

    /** The service has the request and is late. */
    void late(Upstream upstream) {
        count(upstream, "late");
    }

    /** The service broke off in the middle of its answer. */
    void cut(Upstream upstream) {
        count(upstream, "cut");
    }

    private void count(Upstream upstream, String reason) {
        failed(upstream, reason).increment();
    }

    private Counter failed(Upstream upstream, String reason) {
        return metrics.counter("gateway.upstreams.failed", "upstream", upstream.id(), "reason", reason);
    }
}
