package io.usance.catalog.meter;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Living meters for whoever wants to refer to one. What is found cannot be deleted or lose a dimension before the caller's
 * transaction ends.
 */
@ApplicationScoped
public class MeterLookup {
    @Inject
    MeterRepository meters;

    /** Null when there is none. */
    public Uni<Meter> holdById(String namespace, String id) {
        return meters.holdById(namespace, id).map(MeterLookup::toMeter);
    }

    /** Null when there is none. */
    public Uni<Meter> holdByKey(String namespace, String key) {
        return meters.holdByKey(namespace, key).map(MeterLookup::toMeter);
    }

    /** The keys of meters, deleted ones too, by id. Holds nothing. */
    public Uni<Map<String, String>> keys(String namespace, Set<String> ids) {
        return meters.byIds(namespace, ids)
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, row -> row.key)));
    }

    private static Meter toMeter(MeterRow row) {
        return row == null ? null : row.toMeter();
    }
}
