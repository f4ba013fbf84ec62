package io.usance.ingestion.usage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.contracts.catalog.Meter;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import io.usance.ingestion.event.EventRange;
import io.usance.ingestion.event.StoredEvents;
import io.usance.ingestion.event.StoredEvents.Snapshot;
import io.usance.ingestion.meter.Meters;
import io.usance.ingestion.usage.model.UsageGrid;
import io.usance.ingestion.usage.model.UsageRow;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers invoicing: one quantity for each line, all of one moment. */
@ApplicationScoped
class AnswerUsage {
    @Inject
    Meters meters;

    @Inject
    StoredEvents events;

    @Inject
    ReadUsage usage;

    @Inject
    UsageConfig config;

    @Inject
    Clock clock;

    /** Fails with a problem: 404 for a meter that never was. */
    Uni<UsageAnswer> answer(String namespace, String bearer, UsageQuestion question) {
        check(question);
        return known(namespace, bearer, question).chain(known -> {
            Instant asOf = clock.instant();
            return events.inSnapshot(snapshot -> quantities(namespace, question, known, snapshot))
                    .map(quantities -> new UsageAnswer(asOf, quantities));
        });
    }

    private static void check(UsageQuestion question) {
        int lines = question == null || question.lines() == null
                ? 0
                : question.lines().size();
        if (lines == 0 || lines > UsageQuestion.LINES_MAX) {
            throw Problems.invalid(InvalidParameter.body(
                    "lines", lines == 0 ? "min_items" : "max_items", "must have 1 to " + UsageQuestion.LINES_MAX));
        }
        for (int i = 0; i < lines; i++) {
            UsageQuestion.Line line = question.lines().get(i);
            if (line == null
                    || line.meterId() == null
                    || line.subjects() == null
                    || line.from() == null
                    || line.to() == null) {
                throw Problems.invalid(InvalidParameter.body(
                        "lines[" + i + "]", "required", "must have meter_id, subjects, from and to"));
            }
        }
    }

    private Uni<Map<String, Meter>> known(String namespace, String bearer, UsageQuestion question) {
        return Multi.createFrom()
                .iterable(question.lines().stream()
                        .map(UsageQuestion.Line::meterId)
                        .distinct()
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(id -> meters.any(namespace, id, bearer))
                .collect()
                .in(HashMap::new, (known, meter) -> known.put(meter.id(), meter));
    }

    private Uni<List<BigDecimal>> quantities(
            String namespace, UsageQuestion question, Map<String, Meter> known, Snapshot snapshot) {
        return Multi.createFrom()
                .iterable(question.lines())
                .onItem()
                .transformToUniAndConcatenate(line -> quantity(namespace, line, known.get(line.meterId()), snapshot))
                .collect()
                .asList();
    }

    private Uni<BigDecimal> quantity(String namespace, UsageQuestion.Line line, Meter meter, Snapshot snapshot) {
        UsageFold fold = new UsageFold(
                meter,
                false,
                List.of(),
                DimensionFilterSpec.toFilters(line.filters()),
                new UsageGrid(meter.aggregation(), null, ZoneOffset.UTC),
                config);
        EventRange range = new EventRange(
                namespace,
                meter.eventType(),
                UsageQuery.later(line.from(), meter.eventsFrom()),
                line.to(),
                line.subjects(),
                fold.needsBodies());
        return usage.into(fold, range, null, ZoneOffset.UTC, snapshot)
                .invoke(fold::check)
                .map(done -> fold.grid().rows(line.from(), line.to()).stream()
                        .map(UsageRow::value)
                        .findFirst()
                        .orElse(BigDecimal.ZERO));
    }
}
