package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.kernel.time.Period;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Stored events as what totals are checked against. */
@ApplicationScoped
public class RawEvents {
    private static final String SIZE = "select count(*) from event where namespace = $1 and type = $2";
    private static final String TENANTS = """
            with recursive tenant (namespace) as (
                (select namespace from event order by namespace limit 1)
                union all
                select (select e.namespace from event e where e.namespace > tenant.namespace order by e.namespace limit 1)
                from tenant where tenant.namespace is not null
            )
            select namespace from tenant where namespace is not null
            """;
    // From day to day by the index of the event list, however many events a day has.
    private static final String DAYS = """
            with recursive found (moment) as (
                (select occurred_at at time zone 'UTC' from event
                 where namespace = $1 and occurred_at >= $2 and occurred_at < $3
                   and (occurred_at at time zone 'UTC') >= ($2::timestamptz at time zone 'UTC')
                 order by occurred_at at time zone 'UTC' limit 1)
                union all
                select (select e.occurred_at at time zone 'UTC' from event e
                        where e.namespace = $1 and e.occurred_at >= $2 and e.occurred_at < $3
                          and (e.occurred_at at time zone 'UTC') >= date_trunc('day', found.moment) + interval '24 hours'
                        order by e.occurred_at at time zone 'UTC' limit 1)
                from found where found.moment is not null
            )
            select moment::date from found where moment is not null
            """;
    private static final String COUNTED = """
            select source, id, type, subject, occurred_at, body from event
            where namespace = $1 and occurred_at >= $2 and occurred_at < $3
              and (occurred_at at time zone 'UTC') >= ($2::timestamptz at time zone 'UTC')
              and (occurred_at at time zone 'UTC') < ($3::timestamptz at time zone 'UTC')
              and seq <= coalesce(($4::bigint[])[array_position($5::int[], partition)], 0)
            order by type, subject
            """;

    /** How many events of a type there are. */
    public Uni<Long> size(SqlClient client, String namespace, String type) {
        return client.preparedQuery(SIZE)
                .execute(Tuple.of(namespace, type))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Who has events. */
    public Uni<List<String>> tenants(SqlClient client) {
        return client.query(TENANTS)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList());
    }

    /** The days of UTC within {@code period} on which a tenant has events, the first one first. */
    public Uni<List<LocalDate>> days(SqlClient client, String namespace, Period period) {
        return client.preparedQuery(DAYS)
                .execute(Tuple.of(namespace, EventRepository.utc(period.start()), EventRepository.utc(period.end())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLocalDate(0))
                        .toList());
    }

    /**
     * Gives {@code fold} the events of a tenant that happened within {@code period} and that are counted, on a worker thread,
     * one after the other, by type and subject. What {@code fold} throws ends the reading and is the failure.
     *
     * @param places how far each partition is counted
     */
    public Uni<Void> counted(
            SqlConnection transaction, String namespace, Period period, List<Place> places, Consumer<UsageEvent> fold) {
        return RowStream.each(
                transaction,
                COUNTED,
                Tuple.of(
                        namespace,
                        EventRepository.utc(period.start()),
                        EventRepository.utc(period.end()),
                        places.stream().map(Place::countedSeq).toArray(Long[]::new),
                        places.stream().map(Place::partition).toArray(Integer[]::new)),
                row -> fold.accept(new UsageEvent(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getOffsetDateTime(4).toInstant(),
                        row.getString(5))));
    }
}
