package io.usance.ingestion.meter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Meters as the topic told of them. */
@ApplicationScoped
class KnownMeters {
    private static final String PUT = """
            insert into meter (namespace, id, sequence, event_type, definition, shape)
            values (:namespace, :id, :sequence, :event_type, :definition, :shape)
            on conflict (namespace, id) do update
            set sequence = excluded.sequence, event_type = excluded.event_type, definition = excluded.definition,
                shape = excluded.shape
            where meter.sequence < excluded.sequence
            """;
    // The definition stays: what was used before the end may still have to be billed.
    private static final String REMOVE = """
            insert into meter (namespace, id, sequence, deleted_at)
            values (:namespace, :id, :sequence, :deleted_at)
            on conflict (namespace, id) do update
            set sequence = excluded.sequence, deleted_at = excluded.deleted_at
            where meter.sequence < excluded.sequence
            """;
    private static final String FIND = """
            select definition, deleted_at is null as living from meter
            where namespace = :namespace and id = :id and definition is not null
            """;
    private static final String OF_TYPES = """
            select definition from meter
            where namespace = :namespace and event_type in (:event_types) and deleted_at is null
            order by id
            """;

    @Inject
    ObjectMapper json;

    /** @param living false once the meter was deleted */
    record Known(Meter meter, boolean living) {}

    /** Takes the meter that {@code event} tells of, unless a newer event was taken before. */
    Uni<Void> put(Envelope event) {
        JsonNode meter = event.data().get("meter");
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PUT)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("sequence", event.sequence())
                        .setParameter("event_type", meter.get("event_type").textValue())
                        .setParameter("definition", meter.toString())
                        .setParameter("shape", MeterShape.of(read(meter.toString())))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Remembers that the meter is gone, even if it was never heard of. */
    Uni<Void> remove(Envelope event) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(REMOVE)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("sequence", event.sequence())
                        .setParameter("deleted_at", event.occurredAt())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The meter, living or deleted; empty if it is not known. */
    Uni<Optional<Known>> find(String namespace, String id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIND, Object[].class)
                        .setParameter("namespace", namespace)
                        .setParameter("id", id)
                        .getSingleResultOrNull())
                .map(row ->
                        Optional.ofNullable(row).map(found -> new Known(read((String) found[0]), (Boolean) found[1])));
    }

    /** The living meters that count events of {@code types}, by type. */
    Uni<Map<String, List<Meter>>> ofTypes(String namespace, Collection<String> types) {
        if (types.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF_TYPES, String.class)
                        .setParameter("namespace", namespace)
                        .setParameter("event_types", types)
                        .getResultList())
                .map(rows -> rows.stream().map(this::read).collect(Collectors.groupingBy(Meter::eventType)));
    }

    private Meter read(String definition) {
        try {
            return json.readValue(definition, Meter.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a known meter is not readable", unreadable);
        }
    }
}
