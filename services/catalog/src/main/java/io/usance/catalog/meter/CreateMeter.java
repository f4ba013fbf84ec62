package io.usance.catalog.meter;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.meter.model.MeterRules;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.MeterCreated;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Starts to count events of one type, those of the past as well. */
@ApplicationScoped
class CreateMeter {
    static final int EVENT_TYPE_LENGTH_MAX = 256;

    @Inject
    MeterRepository meters;

    @Inject
    Outbox outbox;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<MeterView> create(String namespace, CreateMeterRequest request) {
        refuse(request);
        return meters.insert(row(namespace, request, clock.instant()))
                .call(row ->
                        outbox.append(Topics.CATALOG, namespace, row.id, row.version, new MeterCreated(row.toMeter())))
                .invoke(row -> Log.infof("meter created meter=%s key=%s", row.id, row.key))
                .map(MeterView::of);
    }

    private MeterRow row(String namespace, CreateMeterRequest request, Instant now) {
        MeterRow row = new MeterRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.key = request.key();
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.aggregation = request.aggregation();
        row.eventType = request.eventType();
        row.eventsFrom =
                request.eventsFrom() == null ? null : request.eventsFrom().truncatedTo(ChronoUnit.MICROS);
        row.valueProperty = request.valueProperty();
        row.dimensions = request.dimensions();
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }

    static void refuse(CreateMeterRequest request) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", request.labels()));
        if (request.eventType().length() > EVENT_TYPE_LENGTH_MAX) {
            faults.add(InvalidParameter.body(
                            "event_type", "max_length", "must have at most " + EVENT_TYPE_LENGTH_MAX + " characters")
                    .withMaximum(EVENT_TYPE_LENGTH_MAX));
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        Refusal.unless(MeterRules.violations(
                request.aggregation(), request.valueProperty(), request.dimensions(), JsonPaths::fault));
    }
}
