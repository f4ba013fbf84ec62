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
                .call(row -> refuse(row, request))
                .invoke(row -> apply(row, request))
                .call(meters::flush)
                .call(row ->
                        outbox.append(Topics.CATALOG, namespace, row.id, row.version, new MeterUpdated(row.toMeter())))
                .invoke(row -> Log.infof("meter updated meter=%s key=%s", row.id, row.key))
                .map(MeterView::of);
    }

    private Uni<?> refuse(MeterRow row, UpdateMeterRequest request) {
        if (request.dimensions() == null) {
            return Uni.createFrom().voidItem();
        }
        Refusal.unless(
                MeterRules.violations(row.aggregation, row.valueProperty, request.dimensions(), JsonPaths::fault));
        return users.of(row.namespace, row.id).invoke(living -> refuseMissingDimensions(living, request));
    }

    private static void refuseMissingDimensions(List<MeterUser> users, UpdateMeterRequest request) {
        for (MeterUser user : users) {
            for (String dimension : user.dimensions()) {
                if (!request.dimensions().containsKey(dimension)
                        && !MeterRules.RESERVED_DIMENSIONS.contains(dimension)) {
                    throw Problems.conflict("%s uses %s: keep that dimension", user.name(), dimension);
                }
            }
        }
    }

    private void apply(MeterRow row, UpdateMeterRequest request) {
        if (request.name() != null) {
            row.name = request.name();
        }
        if (request.description() != null) {
            row.description = request.description();
        }
        if (request.labels() != null) {
            row.labels = request.labels();
        }
        if (request.dimensions() != null) {
            row.dimensions = request.dimensions();
        }
        row.updatedAt = clock.instant();
    }
}
