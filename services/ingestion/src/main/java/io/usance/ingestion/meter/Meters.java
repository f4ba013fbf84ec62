package io.usance.ingestion.meter;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Meters to count with: as last heard, and from their owner where nothing was heard yet. */
@ApplicationScoped
public class Meters {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Inject
    LastHeard lastHeard;

    @Inject
    MeterOwner owner;

    /** A living meter; fails with a 404 problem if there is none, with 503 if it is not known and its owner is away. */
    public Uni<Meter> living(String namespace, String id, String bearer) {
        return known(namespace, id).chain(found -> switch (found.orElse(null)) {
            case null -> fresh(id, bearer);
            case KnownMeters.Known known when known.living() -> Uni.createFrom().item(known.meter());
            case KnownMeters.Known gone -> Uni.createFrom().failure(Problems.notFound("meter", id));
        });
    }

    /** A meter, also one that was deleted since: what was used until then is billed. Fails like {@link #living}. */
    public Uni<Meter> any(String namespace, String id, String bearer) {
        return known(namespace, id)
                .chain(found ->
                        found.map(known -> Uni.createFrom().item(known.meter())).orElseGet(() -> fresh(id, bearer)));
    }

    /** The meter as its owner has it now; fails like {@link #living}. */
    public Uni<Meter> fresh(String id, String bearer) {
        if (!Ids.isUlid(id)) {
            return Uni.createFrom().failure(Problems.notFound("meter", id));
        }
        return owner.ask(bearer, id).onFailure().transform(failure -> refusal(id, failure));
    }

    /** The living meters that count events of {@code types}, by type; as last heard. */
    public Uni<Map<String, List<Meter>>> ofTypes(String namespace, Collection<String> types) {
        return lastHeard.ofTypes(namespace, types);
    }

    private Uni<Optional<KnownMeters.Known>> known(String namespace, String id) {
        return Ids.isUlid(id) ? lastHeard.find(namespace, id) : Uni.createFrom().item(Optional.empty());
    }

    private static Throwable refusal(String id, Throwable failure) {
        if (failure instanceof WebApplicationException refused
                && refused.getResponse().getStatus() == 404) {
            return Problems.notFound("meter", id);
        }
        Log.warnf("catalog did not answer meter=%s cause=%s", id, failure);
        return Problems.unavailable("the meter is not known yet and its owner does not answer", RETRY_AFTER);
    }

    /** The projection of the topic. */
    @ApplicationScoped
    static class LastHeard {
        @Inject
        KnownMeters meters;

        @WithSession
        Uni<Optional<KnownMeters.Known>> find(String namespace, String id) {
            return meters.find(namespace, id);
        }

        @WithSession
        Uni<Map<String, List<Meter>>> ofTypes(String namespace, Collection<String> types) {
            return meters.ofTypes(namespace, types);
        }
    }
}
