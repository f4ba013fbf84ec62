package io.usance.catalog.feature;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.feature.CreateFeatureRequest.MeterChoice;
import io.usance.catalog.feature.model.FeatureRules;
import io.usance.catalog.meter.MeterLookup;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.FeatureCreated;
import io.usance.contracts.catalog.Meter;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes something that can be sold. */
@ApplicationScoped
class CreateFeature {
    @Inject
    FeatureRepository features;

    @Inject
    MeterLookup meters;

    @Inject
    FeatureViews views;

    @Inject
    Outbox outbox;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<FeatureView> create(String namespace, CreateFeatureRequest request) {
        refuse(request);
        return meter(namespace, request.meter())
                .invoke(meter -> Refusal.unless(UnitCosts.violations(request.unitCost(), meter)))
                .map(meter -> row(namespace, request, meter))
                .chain(features::insert)
                .call(row -> outbox.append(
                        Topics.CATALOG, namespace, row.id, row.version, new FeatureCreated(row.toFeature())))
                .invoke(row -> Log.infof("feature created feature=%s key=%s", row.id, row.key))
                .chain(views::of);
    }

    private static void refuse(CreateFeatureRequest request) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", request.labels()));
        if (Ids.isUlid(request.key().toUpperCase(Locale.ROOT))) {
            faults.add(InvalidParameter.body("key", "invalid", "must not look like a ULID: ids are of that form"));
        }
        MeterChoice meter = request.meter();
        if (meter != null && (meter.id() == null) == (meter.key() == null)) {
            faults.add(InvalidParameter.body("meter", "dependent_fields", "needs an id or a key, one of the two")
                    .withDependents(List.of("id", "key")));
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    /** The meter, held so that it is not deleted meanwhile; null for a feature without usage. */
    private Uni<Meter> meter(String namespace, MeterChoice choice) {
        if (choice == null) {
            return Uni.createFrom().nullItem();
        }
        Uni<Meter> found = choice.id() != null
                ? meters.holdById(namespace, choice.id())
                : meters.holdByKey(namespace, choice.key());
        return found.onItem()
                .ifNull()
                .failWith(() -> Problems.invalid(InvalidParameter.body(
                        choice.id() != null ? "meter.id" : "meter.key",
                        "missing_reference",
                        "names a meter that does not exist")))
                .invoke(meter -> Refusal.unless(FeatureRules.violations(meter, choice.filters())));
    }

    private FeatureRow row(String namespace, CreateFeatureRequest request, Meter meter) {
        Instant now = clock.instant();
        FeatureRow row = new FeatureRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.key = request.key();
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.meterId = meter == null ? null : meter.id();
        row.meterFilters = meter == null ? null : request.meter().filters();
        row.unitCost = UnitCosts.toKeep(request.unitCost());
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }
}
