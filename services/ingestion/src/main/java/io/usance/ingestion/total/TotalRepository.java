package io.usance.ingestion.total;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usance.ingestion.event.RowStream;
import io.usance.ingestion.total.model.Cover;
import io.usance.ingestion.total.model.Slice;
import io.usance.ingestion.total.model.Totals;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Tally;
import io.usance.kernel.meter.Total;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The tables of totals. */
@ApplicationScoped
class TotalRepository {
    /** Most totals that are written by one statement, and removed by one. */
    private static final int WRITE_SIZE_MAX = 5_000;

    private static final String ADD = """
            insert into total as t (namespace, counting_id, level, subject, starts_at, slice, dimensions,
                                    count, number, latest_source, latest_id, first_at, last_at)
            select $1, $2, l, s, a, x, d, c, n::numeric, o, i, f, u
            from unnest($3::int[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[], $8::bigint[], $9::text[],
                        $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
                as added (l, s, a, x, d, c, n, o, i, f, u)
            """;
    private static final String ADD_VALUES = """
            insert into total_value (namespace, counting_id, level, subject, starts_at, slice, digest, value)
            select $1, $2, l, s, a, x, g, v
            from unnest($3::int[], $4::text[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::text[])
                as added (l, s, a, x, g, v)
            on conflict do nothing
            """;
    private static final String VALUES = """
            (select array_agg(v.value) from total_value v
             where v.namespace = t.namespace and v.counting_id = t.counting_id and v.level = t.level
               and v.subject = t.subject and v.starts_at = t.starts_at and v.slice = t.slice)
            """;
    private static final String FIND = """
            select t.subject, t.starts_at, t.dimensions, t.count, t.number::text, t.latest_source, t.latest_id,
                   t.first_at, t.last_at, %s
            from unnest($3::int[], $4::timestamptz[], $5::timestamptz[]) as span (level, starts_at, ends_at)
            join total t on t.namespace = $1 and t.counting_id = $2 and t.level = span.level
                and t.starts_at >= span.starts_at and t.starts_at < span.ends_at and %s
            """;
    private static final String OF_SUBJECTS = "t.subject = any($6)";
    private static final String OF_EACH_SUBJECT = "t.subject > ''";
    private static final String FORGET = """
            delete from total as t using (
                select distinct level, subject from (
                    select level, subject from total where namespace = $1 and counting_id = $2 limit $3) as part
            ) as forgotten
            where t.namespace = $1 and t.counting_id = $2
              and t.level = forgotten.level and t.subject = forgotten.subject
            """;
    private static final String FORGET_VALUES = FORGET.replace("total", "total_value");

    @Inject
    ObjectMapper json;

    private record Addition(Totals.Key key, Total total) {}

    /** Adds to the totals of {@code counting}. */
    Uni<Void> add(SqlClient client, Counting counting, Totals totals) {
        // On a worker: many of them take long to be put in order.
        return Uni.createFrom()
                .item(totals)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onItem()
                .transformToMulti(TotalRepository::parts)
                .onItem()
                .transformToUniAndConcatenate(part -> Uni.createFrom()
                        .item(part)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .chain(rows -> addPart(client, counting, totals.aggregation(), rows)))
                .onItem()
                .ignoreAsUni();
    }

    private static Multi<List<Addition>> parts(Totals totals) {
        return Multi.createFrom()
                .items(totals.totals().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Totals.Key.ORDER))
                        .map(entry -> new Addition(entry.getKey(), entry.getValue())))
                .group()
                .intoLists()
                .of(WRITE_SIZE_MAX);
    }

    private Uni<Void> addPart(SqlClient client, Counting counting, MeterAggregation aggregation, List<Addition> rows) {
        Map<List<String>, String> written = new HashMap<>();
        return client.preparedQuery(ADD + Merge.of(aggregation).onConflict())
                .execute(Tuple.tuple(List.of(
                        counting.namespace(),
                        counting.id(),
                        column(rows, row -> (int) row.key().level().seconds(), Integer[]::new),
                        column(rows, row -> row.key().subject(), String[]::new),
                        column(rows, row -> utc(row.key().start()), OffsetDateTime[]::new),
                        column(rows, row -> row.key().slice(), UUID[]::new),
                        column(
                                rows,
                                row -> written.computeIfAbsent(row.key().dimensions(), this::write),
                                String[]::new),
                        column(rows, row -> row.total().kept().count(), Long[]::new),
                        column(rows, TotalRepository::number, String[]::new),
                        column(rows, row -> latest(row, Reading::source), String[]::new),
                        column(rows, row -> latest(row, Reading::id), String[]::new),
                        column(rows, row -> utc(row.total().first()), OffsetDateTime[]::new),
                        column(rows, row -> utc(row.total().last()), OffsetDateTime[]::new))))
                .chain(() -> aggregation == MeterAggregation.UNIQUE_COUNT
                        ? addValues(client, counting, rows)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> addValues(SqlClient client, Counting counting, List<Addition> rows) {
        record Value(Totals.Key key, UUID digest, String text) {}
        List<Value> values = new ArrayList<>();
        for (Addition row : rows) {
            row.total().kept().texts().stream()
                    .map(text -> new Value(row.key(), Slice.digest(text), text))
                    .sorted((left, right) -> left.digest().compareTo(right.digest()))
                    .forEach(values::add);
        }
        return client.preparedQuery(ADD_VALUES)
                .execute(Tuple.tuple(List.of(
                        counting.namespace(),
                        counting.id(),
                        column(values, value -> (int) value.key().level().seconds(), Integer[]::new),
                        column(values, value -> value.key().subject(), String[]::new),
                        column(values, value -> utc(value.key().start()), OffsetDateTime[]::new),
                        column(values, value -> value.key().slice(), UUID[]::new),
                        column(values, Value::digest, UUID[]::new),
                        column(values, Value::text, String[]::new))))
                .replaceWithVoid();
    }

    /**
     * Reads the totals in {@code spans}.
     *
     * @param subjects of these; with null of each subject
     */
    Uni<Void> read(
            SqlConnection connection,
            Counting counting,
            List<Cover.Span> spans,
            Collection<String> subjects,
            ReadTotals.Sink sink) {
        MeterAggregation aggregation = counting.meter().aggregation();
        List<Object> parameters = new ArrayList<>(List.of(
                counting.namespace(),
                counting.id(),
                column(spans, span -> (int) span.level().seconds(), Integer[]::new),
                column(spans, span -> utc(span.period().start()), OffsetDateTime[]::new),
                column(spans, span -> utc(span.period().end()), OffsetDateTime[]::new)));
        if (subjects != null) {
            parameters.add(subjects.toArray(String[]::new));
        }
        String sql = FIND.formatted(
                aggregation == MeterAggregation.UNIQUE_COUNT ? VALUES : "null::text[]",
                subjects == null ? OF_EACH_SUBJECT : OF_SUBJECTS);
        return RowStream.each(
                connection,
                sql,
                Tuple.tuple(parameters),
                row -> sink.accept(
                        row.getString(0),
                        readDimensions(row.getString(2)),
                        row.getOffsetDateTime(1).toInstant(),
                        total(aggregation, row)));
    }

    /** Removes some totals of a counting; returns whether there may be more. */
    Uni<Boolean> forgetSome(SqlClient client, Counting counting) {
        Tuple some = Tuple.of(counting.namespace(), counting.id(), WRITE_SIZE_MAX);
        return client.preparedQuery(FORGET_VALUES)
                .execute(some)
                .map(SqlResult::rowCount)
                .chain(values ->
                        client.preparedQuery(FORGET).execute(some).map(totals -> values + totals.rowCount() > 0));
    }

    private static Total total(MeterAggregation aggregation, Row row) {
        String number = row.getString(4);
        BigDecimal decimal = number == null ? null : new BigDecimal(number);
        Instant last = row.getOffsetDateTime(8).toInstant();
        String source = row.getString(5);
        String[] texts = row.getArrayOfStrings(9);
        Tally.Kept kept = new Tally.Kept(
                row.getLong(3),
                decimal,
                source == null ? null : new Reading(decimal, null, last, source, row.getString(6)),
                texts == null ? Set.of() : Set.of(texts));
        return Total.restored(aggregation, kept, row.getOffsetDateTime(7).toInstant(), last);
    }

    private static String number(Addition row) {
        BigDecimal number = row.total().kept().number();
        return number == null ? null : number.toPlainString();
    }

    private static String latest(Addition row, Function<Reading, String> part) {
        Reading latest = row.total().kept().latest();
        return latest == null ? null : part.apply(latest);
    }

    private String write(List<String> dimensions) {
        try {
            return json.writeValueAsString(dimensions);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("dimensions are not writable", unwritable);
        }
    }

    private List<String> readDimensions(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("kept dimensions are not readable", unreadable);
        }
    }

    private static <T, V> V[] column(List<T> rows, Function<T, V> value, IntFunction<V[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
