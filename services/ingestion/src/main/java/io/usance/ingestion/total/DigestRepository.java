package io.usance.ingestion.total;

import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.RowStream;
import io.usance.ingestion.total.model.DayDigest;
import io.usance.ingestion.total.model.Level;
import io.usance.kernel.time.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Digests of kept totals. */
@ApplicationScoped
class DigestRepository {
    private static final String TOTALS = """
            select level, subject, starts_at, slice, dimensions, count, number::text, latest_source, latest_id,
                   first_at, last_at
            from total where namespace = $1 and counting_id = $2 and starts_at >= $3 and starts_at < $4
            """;
    private static final String VALUES = """
            select level, subject, starts_at, slice, value
            from total_value where namespace = $1 and counting_id = $2 and starts_at >= $3 and starts_at < $4
            """;

    /**
     * The digests of a counting's totals by day of UTC, of days on which it has any.
     *
     * @param transaction in which what is read belongs together
     * @param within starts and ends with days of UTC
     */
    Uni<Map<LocalDate, UUID>> ofDays(SqlConnection transaction, String namespace, long countingId, Period within) {
        Map<LocalDate, DayDigest> days = new TreeMap<>();
        Tuple which = Tuple.of(namespace, countingId, utc(within.start()), utc(within.end()));
        return RowStream.each(transaction, TOTALS, which, row -> addTotal(days, row))
                .chain(() -> RowStream.each(transaction, VALUES, which, row -> addValue(days, row)))
                .map(done -> {
                    Map<LocalDate, UUID> digests = new TreeMap<>();
                    days.forEach((day, digest) -> digests.put(day, digest.value()));
                    return digests;
                });
    }

    private static void addTotal(Map<LocalDate, DayDigest> days, Row row) {
        DayDigest.Place place = place(row);
        String number = row.getString(6);
        digest(days, place)
                .add(
                        place,
                        row.getString(4),
                        row.getLong(5),
                        number == null ? null : new BigDecimal(number),
                        row.getString(7),
                        row.getString(8),
                        row.getOffsetDateTime(9).toInstant(),
                        row.getOffsetDateTime(10).toInstant());
    }

    private static void addValue(Map<LocalDate, DayDigest> days, Row row) {
        DayDigest.Place place = place(row);
        digest(days, place).addValue(place, row.getString(4));
    }

    private static DayDigest.Place place(Row row) {
        return new DayDigest.Place(
                row.getInteger(0), row.getString(1), row.getOffsetDateTime(2).toInstant(), row.getUUID(3));
    }

    private static DayDigest digest(Map<LocalDate, DayDigest> days, DayDigest.Place place) {
        return days.computeIfAbsent(
                LocalDate.ofInstant(Level.DAY.floor(place.start()), ZoneOffset.UTC), fresh -> new DayDigest());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
