package io.usance.ingestion.event;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops events that happened longer ago than they are kept: a month at a time once the whole of it is over. Totals stay, and
 * so do identities: an event that comes again is still the same event.
 */
@ApplicationScoped
public class OldEvents {
    /** Most events that are removed at a time from those that are not kept by month. */
    private static final int REMOVE_MAX = 10_000;

    private static final String MONTHS = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'event'::regclass and c.relname < $1 and c.relname like 'event\\_____\\___'
            order by 1
            """;
    private static final String ALL_COUNTED = """
            select not exists (
                select from event e join event_position p on p.partition = e.partition and e.seq > p.counted_seq
                where e.occurred_at < $1)
            """;
    private static final String REMOVE = """
            delete from event_at_other_times where (subject, seq) in (
                select subject, seq from event_at_other_times where occurred_at < $1 limit $2)
            """;
    private static final String NOTE = """
            insert into event_retention (kept_from)
            select $1 where not exists (select from event_retention where kept_from >= $1)
            """;

    @Inject
    EventConfig config;

    @Inject
    Clock clock;

    /**
     * Drops the oldest month that is over, or some of the events that are kept in no month, unless some are not counted yet.
     *
     * @param transaction in which nobody counts
     * @return whether there was anything to drop
     */
    public Uni<Boolean> dropSome(SqlConnection transaction) {
        YearMonth first =
                YearMonth.from(clock.instant().minus(config.retention()).atOffset(ZoneOffset.UTC));
        Instant from = first.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return transaction
                .preparedQuery(ALL_COUNTED)
                .execute(Tuple.of(EventRepository.utc(from)))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? drop(transaction, first, from)
                        : Uni.createFrom().item(false));
    }

    private Uni<Boolean> drop(SqlConnection transaction, YearMonth first, Instant from) {
        return transaction
                .preparedQuery(MONTHS)
                .execute(Tuple.of(EventMonths.table(first)))
                .map(rows -> {
                    List<String> months = new ArrayList<>();
                    rows.forEach(row -> months.add(row.getString(0)));
                    return months.stream().findFirst();
                })
                .chain(month -> month.map(table -> drop(transaction, table)).orElseGet(() -> remove(transaction, from)))
                .call(dropped -> dropped
                        ? transaction.preparedQuery(NOTE).execute(Tuple.of(EventRepository.utc(from)))
                        : Uni.createFrom().nullItem());
    }

    private static Uni<Boolean> drop(SqlConnection transaction, String table) {
        return transaction
                .query("drop table " + table)
                .execute()
                .invoke(() -> Log.infof("old events dropped table=%s", table))
                .replaceWith(true);
    }

    private static Uni<Boolean> remove(SqlConnection transaction, Instant from) {
        return transaction
                .preparedQuery(REMOVE)
                .execute(Tuple.of(EventRepository.utc(from), REMOVE_MAX))
                .map(removed -> removed.rowCount() > 0);
    }
}
