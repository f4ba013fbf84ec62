package io.usance.ingestion.usage;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.catalog.Meter;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.meter.MeterReader;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.ingestion.total.ReadTotals;
import io.usance.ingestion.usage.model.UsageGrid;
import io.usance.kernel.meter.DimensionFilter;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Total;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Folds totals and raw events into the usage that a question asks for, within the bounds of what a question may cost. */
final class UsageFold implements Consumer<UsageEvent>, ReadTotals.Sink {
    private static final int CHECK_INTERVAL = 4_096;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Meter meter;
    private final MeterReader reader;
    private final List<String> names;
    private final boolean bySubject;
    private final List<String> dimensions;
    private final Map<String, DimensionFilter> filters;
    private final UsageGrid grid;
    private final UsageConfig limits;
    private final long deadlineNanos;
    private int sinceCheck;

    /**
     * @param bySubject whether the subject comes first in every group
     * @param dimensions the meter's own dimensions to group by
     */
    UsageFold(
            Meter meter,
            boolean bySubject,
            List<String> dimensions,
            Map<String, DimensionFilter> filters,
            UsageGrid grid,
            UsageConfig limits) {
        this.meter = meter;
        this.reader = new MeterReader(meter);
        this.names = MeterReader.dimensions(meter);
        this.bySubject = bySubject;
        this.dimensions = dimensions;
        this.filters = filters;
        this.grid = grid;
        this.limits = limits;
        this.deadlineNanos = System.nanoTime() + limits.timeMax().toNanos();
    }

    /** Whether what events carry has to be read at all. */
    boolean needsBodies() {
        return meter.aggregation() != MeterAggregation.COUNT || !dimensions.isEmpty() || !filters.isEmpty();
    }

    Meter meter() {
        return meter;
    }

    boolean isBySubject() {
        return bySubject;
    }

    UsageGrid grid() {
        return grid;
    }

    @Override
    public void accept(UsageEvent event) {
        if (sinceCheck++ == CHECK_INTERVAL) {
            check();
        }
        JsonNode data = needsBodies() ? MeterReader.data(event.body()) : null;
        UnaryOperator<String> dimension = name -> reader.dimension(name, data);
        if (!passes(dimension)) {
            return;
        }
        if (reader.value(data) instanceof EventValue.Usable value) {
            grid.add(
                    group(event.subject(), dimension),
                    new Reading(value.number(), value.text(), event.occurredAt(), event.source(), event.id()));
            checkRows();
        }
    }

    private void checkRows() {
        if (grid.size() > limits.rowsMax()) {
            throw tooLarge("rows", limits.rowsMax());
        }
    }

    /** @throws io.usance.runtime.problem.ProblemException if the question costs more than it may */
    void check() {
        sinceCheck = 0;
        if (grid.distinctValues() > limits.distinctValuesMax()) {
            throw tooLarge("different values", limits.distinctValuesMax());
        }
        if (System.nanoTime() > deadlineNanos) {
            throw Problems.unavailable(
                    "the answer takes more than %s: ask for a shorter time or fewer subjects"
                            .formatted(limits.timeMax()),
                    RETRY_AFTER);
        }
    }

    @Override
    public void accept(String subject, List<String> values, Instant start, Total total) {
        if (sinceCheck++ == CHECK_INTERVAL) {
            check();
        }
        UnaryOperator<String> dimension = name -> names.contains(name) ? values.get(names.indexOf(name)) : "";
        if (passes(dimension)) {
            grid.add(group(subject, dimension), start, total);
            checkRows();
        }
    }

    private boolean passes(UnaryOperator<String> dimension) {
        for (Map.Entry<String, DimensionFilter> filter : filters.entrySet()) {
            if (!filter.getValue().matches(dimension.apply(filter.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private List<String> group(String subject, UnaryOperator<String> dimension) {
        if (!bySubject && dimensions.isEmpty()) {
            return List.of();
        }
        List<String> group = new ArrayList<>(dimensions.size() + 1);
        if (bySubject) {
            group.add(subject);
        }
        for (String name : dimensions) {
            group.add(dimension.apply(name));
        }
        return group;
    }

    private static RuntimeException tooLarge(String what, int maximum) {
        return Problems.invalid(InvalidParameter.body(
                        "body",
                        "max_items",
                        "asks for more than %d %s: ask for a shorter time, a coarser granularity or fewer dimensions"
                                .formatted(maximum, what))
                .withMaximum(maximum));
    }
}
