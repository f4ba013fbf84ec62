package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.event.OverviewView.Bucket;
import io.usance.ingestion.event.OverviewView.Customer;
import io.usance.ingestion.event.OverviewView.Freshness;
import io.usance.ingestion.event.OverviewView.TopCustomer;
import io.usance.ingestion.event.OverviewView.TopType;
import io.usance.ingestion.event.OverviewView.Unmatched;
import io.usance.ingestion.meter.MeterReader;
import io.usance.ingestion.meter.Meters;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Sums up the latest events of a namespace; what it costs does not grow with how many there ever were. */
@ApplicationScoped
class Overview {
    private static final Duration RANGE_DEFAULT = Duration.ofHours(1);

    /** Beyond that a chart shows no more. */
    private static final int BUCKETS_MAX = 120;

    /** Which steps a person reads without counting. */
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1));

    private static final int TOP = 10;

    /** Whose an event is: of two that both have its subject, the one that was heard of last has it by now. */
    private static final String SUMMARY = """
            with looked as materialized (
                select type, subject, occurred_at, ingested_at, stored_at from event
                where namespace = $1 and occurred_at >= $2 and occurred_at < $3
                  and (occurred_at at time zone 'UTC') >= ($2::timestamptz at time zone 'UTC')
                  and (occurred_at at time zone 'UTC') < ($3::timestamptz at time zone 'UTC')
                order by (occurred_at at time zone 'UTC') desc, seq desc limit $4
            ), by_type as (
                select type, count(*) as events, exists (select 1 from meter
                    where namespace = $1 and event_type = type and deleted_at is null) as metered
                from looked group by type
            ), by_subject as (
                select subject, count(*) as events, (select c.id
                    from customer_subject s join customer c on c.namespace = s.namespace and c.id = s.customer_id
                    where s.namespace = $1 and s.subject = looked.subject
                    order by c.changed_at desc, c.id desc limit 1) as customer
                from looked group by subject
            )
            select json_build_object(
                'events', (select count(*) from looked),
                'buckets', (select json_agg(json_build_array(bucket, events)) from (
                    select floor(extract(epoch from occurred_at - $2::timestamptz) / $5)::int as bucket, count(*) as events
                    from looked group by 1) as buckets),
                'no_meter', (select coalesce(sum(events), 0) from by_type where not metered),
                'no_customer', (select coalesce(sum(events), 0) from by_subject where customer is null),
                'types', (select json_agg(json_build_array(type, events, metered)) from (
                    select * from by_type order by events desc, type limit $6) as types),
                'customers', (select json_agg(json_build_array(c.id, c.key, c.name, events)) from (
                    select customer, sum(events) as events from by_subject where customer is not null
                    group by customer order by 2 desc, 1 limit $6) as top
                    join customer c on c.namespace = $1 and c.id = top.customer),
                'delays', (select json_build_array(max(stored_at),
                    percentile_disc(0.5) within group (order by millis),
                    percentile_disc(0.99) within group (order by millis))
                    from (select stored_at, (extract(epoch from stored_at - ingested_at) * 1000)::bigint as millis
                          from looked) as delays)
            )::text
            """;

    private static final String LATEST = """
            select type, body from event
            where namespace = $1 and occurred_at >= $2 and occurred_at < $3
              and (occurred_at at time zone 'UTC') >= ($2::timestamptz at time zone 'UTC')
              and (occurred_at at time zone 'UTC') < ($3::timestamptz at time zone 'UTC')
            order by (occurred_at at time zone 'UTC') desc, seq desc limit $4
            """;

    @Inject
    Pool pool;

    @Inject
    Meters meters;

    @Inject
    OverviewConfig config;

    @Inject
    Clock clock;

    /** @param from null for an hour before {@code to} */
    Uni<OverviewView> of(String namespace, String from, String to) {
        List<InvalidParameter> faults = new ArrayList<>();
        Instant end = instant("to", to, clock.instant(), faults);
        Instant start = instant("from", from, end.minus(RANGE_DEFAULT), faults);
        if (faults.isEmpty() && !start.isBefore(end)) {
            faults.add(InvalidParameter.query("from", "invalid", "must be before to"));
        }
        if (faults.isEmpty() && Duration.between(start, end).compareTo(config.rangeMax()) > 0) {
            faults.add(InvalidParameter.query(
                    "from",
                    "max",
                    "must be at most %d hours before to"
                            .formatted(config.rangeMax().toHours())));
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        return read(namespace, start, end);
    }

    private Uni<OverviewView> read(String namespace, Instant from, Instant to) {
        Duration step = step(Duration.between(from, to));
        return pool.preparedQuery(SUMMARY)
                .execute(Tuple.tuple(List.of(
                        namespace,
                        EventRepository.utc(from),
                        EventRepository.utc(to),
                        config.eventsMax(),
                        (double) step.toSeconds(),
                        TOP)))
                .map(rows -> new JsonObject(rows.iterator().next().getString(0)))
                .chain(summary ->
                        invalidValues(namespace, from, to).map(values -> view(from, to, step, summary, values)));
    }

    private record Values(long invalid, long checked) {}

    private Uni<Values> invalidValues(String namespace, Instant from, Instant to) {
        return pool.preparedQuery(LATEST)
                .execute(Tuple.of(namespace, EventRepository.utc(from), EventRepository.utc(to), config.valuesMax()))
                .chain(rows -> meters.ofTypes(namespace, types(rows)).map(counting -> invalid(rows, counting)));
    }

    private static Set<String> types(RowSet<Row> rows) {
        Set<String> types = new LinkedHashSet<>();
        rows.forEach(row -> types.add(row.getString(0)));
        return types;
    }

    private static Values invalid(RowSet<Row> rows, Map<String, List<Meter>> counting) {
        Map<String, List<MeterReader>> readers = new HashMap<>();
        counting.forEach((type, ofType) ->
                readers.put(type, ofType.stream().map(MeterReader::new).toList()));
        long invalid = 0;
        for (Row row : rows) {
            List<MeterReader> ofType = readers.getOrDefault(row.getString(0), List.of());
            if (!ofType.isEmpty()) {
                var data = MeterReader.data(row.getString(1));
                if (ofType.stream().anyMatch(reader -> reader.value(data) instanceof EventValue.Refused)) {
                    invalid++;
                }
            }
        }
        return new Values(invalid, rows.size());
    }

    private OverviewView view(Instant from, Instant to, Duration step, JsonObject summary, Values values) {
        long events = summary.getLong("events");
        Map<Integer, Long> counted = new HashMap<>();
        arrays(summary, "buckets").forEach(bucket -> counted.put(bucket.getInteger(0), bucket.getLong(1)));
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; from.plus(step.multipliedBy(i)).isBefore(to); i++) {
            buckets.add(new Bucket(from.plus(step.multipliedBy(i)), counted.getOrDefault(i, 0L)));
        }
        JsonArray delays = summary.getJsonArray("delays");
        return new OverviewView(
                from,
                to,
                events,
                events < config.eventsMax(),
                (int) step.toSeconds(),
                buckets,
                new Unmatched(
                        summary.getLong("no_meter"),
                        summary.getLong("no_customer"),
                        values.invalid(),
                        values.checked()),
                events == 0
                        ? null
                        : new Freshness(
                                OffsetDateTime.parse(delays.getString(0)).toInstant(),
                                delays.getLong(1),
                                delays.getLong(2)),
                arrays(summary, "customers")
                        .map(row -> new TopCustomer(
                                new Customer(row.getString(0), row.getString(1), row.getString(2)), row.getLong(3)))
                        .sorted((a, b) -> Long.compare(b.events(), a.events()))
                        .toList(),
                arrays(summary, "types")
                        .map(row -> new TopType(row.getString(0), row.getLong(1), row.getBoolean(2)))
                        .toList());
    }

    private static Stream<JsonArray> arrays(JsonObject summary, String name) {
        JsonArray rows = summary.getJsonArray(name);
        return rows == null ? Stream.empty() : rows.stream().map(JsonArray.class::cast);
    }

    private static Duration step(Duration range) {
        return STEPS.stream()
                .filter(step -> range.dividedBy(step) <= BUCKETS_MAX)
                .findFirst()
                .orElse(STEPS.getLast());
    }

    private static Instant instant(String name, String text, Instant byDefault, List<InvalidParameter> faults) {
        if (text == null) {
            return byDefault;
        }
        try {
            // A plus sign that was not percent-encoded arrives as a space.
            Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (EventTimes.EVER.contains(instant)) {
                return instant;
            }
        } catch (DateTimeParseException notATime) {
            // Told below.
        }
        faults.add(InvalidParameter.query(
                name,
                "is_date_time",
                "must be an RFC 3339 date-time such as 2026-01-31T10:00:00Z, from 1970 up to 2200"));
        return byDefault;
    }
}
