package io.usance.catalog.meter;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.meter.MeterUsers.MeterUser;
import io.usance.catalog.meter.model.MeterRules;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.MeterUpdated;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Renames a meter or changes what it is split by. What a meter counts never changes. */
@ApplicationScoped
class UpdateMeter {
    @Inject
    MeterRepository meters;

    @Inject
    MeterUsers users;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<MeterView> update(String namespace, String id, UpdateMeterRequest request) {
        List<InvalidParameter> faults = Labels.faults("labels", request.labels());
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        return meters.lock(namespace, id)
                .chain(row -> change(row, Changeable.of(row, request)))
                .map(MeterView::of);
    }

    /** Everything about a meter that can change; what is null is none. */
    record Changeable(String name, String description, Map<String, String> labels, Map<String, String> dimensions) {
        private static Changeable of(MeterRow row, UpdateMeterRequest request) {
            return new Changeable(
                    request.name() == null ? row.name : request.name(),
                    request.description() == null ? row.description : request.description(),
                    request.labels() == null ? row.labels : request.labels(),
                    request.dimensions() == null ? row.dimensions : request.dimensions());
        }
    }

    /** Makes the living meter with that key what {@code wanted} says, in the caller's transaction. */
    Uni<Void> replace(String namespace, String key, Changeable wanted) {
        return meters.lockByKey(namespace, key)
                .chain(row -> change(row, wanted))
                .replaceWithVoid();
    }

    private Uni<MeterRow> change(MeterRow row, Changeable wanted) {
        return refuse(row, wanted)
                .invoke(() -> {
                    row.name = wanted.name();
                    row.description = wanted.description();
                    row.labels = wanted.labels();
                    row.dimensions = wanted.dimensions();
                    row.updatedAt = clock.instant();
                })
                .chain(meters::flush)
                .chain(() -> outbox.append(
                        Topics.CATALOG, row.namespace, row.id, row.version, new MeterUpdated(row.toMeter())))
                .invoke(() -> Log.infof("meter updated meter=%s key=%s", row.id, row.key))
                .replaceWith(row);
    }

    private Uni<?> refuse(MeterRow row, Changeable wanted) {
        if (Objects.equals(row.dimensions, wanted.dimensions())) {
            return Uni.createFrom().voidItem();
        }
        Refusal.unless(MeterRules.violations(
                row.aggregation, row.valueProperty, orEmpty(wanted.dimensions()), JsonPaths::fault));
        return users.of(row.namespace, row.id)
                .invoke(living -> refuseMissingDimensions(
                        living, orEmpty(wanted.dimensions()).keySet()));
    }

    private static Map<String, String> orEmpty(Map<String, String> dimensions) {
        return dimensions == null ? Map.of() : dimensions;
    }

    private static void refuseMissingDimensions(List<MeterUser> users, Set<String> dimensions) {
        for (MeterUser user : users) {
            for (String dimension : user.dimensions()) {
                if (!dimensions.contains(dimension) && !MeterRules.RESERVED_DIMENSIONS.contains(dimension)) {
                    throw Problems.conflict("%s uses %s: keep that dimension", user.name(), dimension);
                }
            }
        }
    }
}
