package io.usance.ingestion.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;

/** Rebuildings of all totals: what was asked for, how far it is, and what came of it. */
@ApplicationScoped
class ReplayRepository {
    private static final String OPEN = "select id, begun_at is not null from replay where ended_at is null";
    private static final String FORGET_DAYS = "delete from replay_day where replay_id <> $1";
    private static final String FORGET_METERS = "delete from replay_meter where replay_id <> $1";
    private static final String LIST = """
            insert into replay_meter (namespace, replay_id, meter_id, state, counting_id)
            select namespace, $1, meter_id, 'waiting', id from counting where state = 'live'
            """;
    private static final String BEGIN = "update replay set begun_at = $2 where id = $1";
    private static final String GONE = """
            update replay_meter m set state = 'gone'
            where m.replay_id = $1 and m.state = 'rebuilding' and not exists (
                select 1 from counting c where c.namespace = m.namespace and c.id = m.rebuilt_id and c.state <> 'retired')
            """;
    private static final String COLUMNS =
            "select m.namespace, m.meter_id, m.counting_id, m.rebuilt_id, m.copied_until from replay_meter m ";
    private static final String WAITING = COLUMNS + """
            where m.replay_id = $1 and m.state = 'waiting' order by m.namespace, m.meter_id
            limit greatest(0, $2 - (select count(*) from replay_meter where replay_id = $1 and state = 'rebuilding'))
            """;
    private static final String SET = """
            update replay_meter set state = $4, rebuilt_id = $5, copied_until = $6, copied = $6::timestamptz is null,
                at_level = default, at_subject = default, at_start = default, at_slice = default
            where replay_id = $1 and namespace = $2 and meter_id = $3
            """;
    private static final String TO_COPY = COLUMNS + """
            where m.replay_id = $1 and m.state = 'rebuilding' and not m.copied order by m.namespace, m.meter_id limit 1
            """;
    // The copies are what the live counting has at this moment; what is counted from then on is counted in both.
    private static final String COPY = """
            with part as (
                select t.level, t.subject, t.starts_at, t.slice, t.dimensions, t.count, t.number, t.latest_source, t.latest_id,
                       t.first_at, t.last_at
                from replay_meter m join total t on t.namespace = m.namespace and t.counting_id = m.counting_id
                where m.replay_id = $1 and m.namespace = $2 and m.meter_id = $3 and t.starts_at < m.copied_until
                  and (t.level, t.subject, t.starts_at, t.slice) > (m.at_level, m.at_subject, m.at_start, m.at_slice)
                order by t.level, t.subject, t.starts_at, t.slice limit $5
            ), copied as (
                insert into total (namespace, counting_id, level, subject, starts_at, slice, dimensions, count, number,
                                   latest_source, latest_id, first_at, last_at)
                select $2, $4, level, subject, starts_at, slice, dimensions, count, number, latest_source, latest_id,
                       first_at, last_at
                from part
                on conflict (namespace, counting_id, level, subject, starts_at, slice) do update set
                    count = excluded.count, number = excluded.number, latest_source = excluded.latest_source,
                    latest_id = excluded.latest_id, first_at = excluded.first_at, last_at = excluded.last_at
            ), values_copied as (
                insert into total_value (namespace, counting_id, level, subject, starts_at, slice, digest, value)
                select $2, $4, v.level, v.subject, v.starts_at, v.slice, v.digest, v.value
                from part p join replay_meter m on m.replay_id = $1 and m.namespace = $2 and m.meter_id = $3
                join total_value v on v.namespace = $2 and v.counting_id = m.counting_id and v.level = p.level
                    and v.subject = p.subject and v.starts_at = p.starts_at and v.slice = p.slice
                on conflict do nothing
            ), last as (
                select level, subject, starts_at, slice from part
                order by level desc, subject desc, starts_at desc, slice desc limit 1
            )
            update replay_meter m
            set at_level = last.level, at_subject = last.subject, at_start = last.starts_at, at_slice = last.slice
            from last where m.replay_id = $1 and m.namespace = $2 and m.meter_id = $3
            """;
    private static final String COPIED =
            "update replay_meter set copied = true where replay_id = $1 and namespace = $2 and meter_id = $3";
    private static final String REBUILT = COLUMNS + """
            join counting c on c.namespace = m.namespace and c.id = m.rebuilt_id and c.state = 'rebuilt'
            where m.replay_id = $1 and m.state = 'rebuilding' and m.copied order by m.namespace, m.meter_id limit 1
            """;
    private static final String ADD_DAYS = """
            insert into replay_day (namespace, replay_id, meter_id, day, before, after, copied)
            select $2, $1, $3, d, b, a, c
            from unnest($4::date[], $5::uuid[], $6::uuid[], $7::boolean[]) as compared (d, b, a, c)
            """;
    private static final String COMPARED =
            "update replay_meter set state = $4 where replay_id = $1 and namespace = $2 and meter_id = $3";
    // With the totals that answered before removed.
    private static final String END = """
            update replay r set ended_at = $2
            where r.id = $1
              and not exists (select 1 from replay_meter m where m.replay_id = $1 and m.state in ('waiting', 'rebuilding'))
              and not exists (select 1 from replay_meter m
                              join counting c on c.namespace = m.namespace and c.id = m.counting_id and c.state = 'retired'
                              where m.replay_id = $1)
            returning (select count(*) from replay_meter m where m.replay_id = r.id),
                      (select count(*) from replay_day d where d.replay_id = r.id),
                      (select count(*) from replay_day d where d.replay_id = r.id and d.before is distinct from d.after)
            """;

    /** @param begun whether it is known what there is to do */
    record Replay(long id, boolean begun) {}

    /**
     * What is to be done for one meter.
     *
     * @param countingId the counting that answers
     * @param rebuiltId the one that is to take its place; null while there is none
     * @param copiedUntil a day's start; null if nothing is to be copied
     */
    record Task(
            long replayId, String namespace, String meterId, long countingId, Long rebuiltId, Instant copiedUntil) {}

    /**
     * A day of UTC.
     *
     * @param before digest of the totals that answered; null if there were none
     * @param after digest of the rebuilt totals; null if there are none
     * @param copied whether they are copied and not rebuilt
     */
    record Day(LocalDate day, UUID before, UUID after, boolean copied) {
        boolean isEqual() {
            return before != null && before.equals(after);
        }
    }

    /** What came of a replay. */
    record Outcome(long meters, long days, long different) {}

    /** The replay that was asked for and is not over. */
    Uni<Optional<Replay>> open(SqlClient client) {
        return client.query(OPEN)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Replay(row.getLong(0), row.getBoolean(1)))
                        .findFirst());
    }

    /** Writes down which meters there are, and forgets what earlier replays did. */
    Uni<Void> begin(SqlClient client, Replay replay, Instant at) {
        Tuple id = Tuple.of(replay.id());
        return client.preparedQuery(FORGET_DAYS)
                .execute(id)
                .chain(() -> client.preparedQuery(FORGET_METERS).execute(id))
                .chain(() -> client.preparedQuery(LIST).execute(id))
                .chain(() -> client.preparedQuery(BEGIN).execute(Tuple.of(replay.id(), utc(at))))
                .replaceWithVoid();
    }

    /** Gives up the meters whose second counting was ended by somebody else; returns how many. */
    Uni<Integer> giveUpGone(SqlClient client, Replay replay) {
        return client.preparedQuery(GONE).execute(Tuple.of(replay.id())).map(SqlResult::rowCount);
    }

    /** The meters whose turn it is, so that at most {@code max} are rebuilt at a time. */
    Uni<List<Task>> waiting(SqlClient client, Replay replay, int max) {
        return tasks(client, WAITING, replay, Tuple.of(replay.id(), max));
    }

    /** A second counting has begun. */
    Uni<Void> rebuilding(SqlClient client, Task task, long rebuiltId, Instant copiedUntil) {
        return set(client, task, "rebuilding", rebuiltId, copiedUntil);
    }

    /** The meter is to be begun anew. */
    Uni<Void> again(SqlClient client, Task task) {
        return set(client, task, "waiting", null, null);
    }

    /** There is nothing to do for the meter any more. */
    Uni<Void> gone(SqlClient client, Task task) {
        return set(client, task, "gone", null, null);
    }

    private static Uni<Void> set(SqlClient client, Task task, String state, Long rebuiltId, Instant copiedUntil) {
        return client.preparedQuery(SET)
                .execute(Tuple.of(
                        task.replayId(),
                        task.namespace(),
                        task.meterId(),
                        state,
                        rebuiltId,
                        copiedUntil == null ? null : utc(copiedUntil)))
                .replaceWithVoid();
    }

    /** A meter of which totals are to be copied. */
    Uni<Optional<Task>> toCopy(SqlClient client, Replay replay) {
        return tasks(client, TO_COPY, replay, Tuple.of(replay.id()))
                .map(tasks -> tasks.stream().findFirst());
    }

    /** Copies the next totals of a meter, at most {@code max}, while nobody counts. */
    Uni<Void> copy(SqlClient client, Task task, int max) {
        return client.preparedQuery(COPY)
                .execute(Tuple.of(task.replayId(), task.namespace(), task.meterId(), task.rebuiltId(), max))
                .chain(moved -> moved.rowCount() > 0
                        ? Uni.createFrom().voidItem()
                        : client.preparedQuery(COPIED)
                                .execute(Tuple.of(task.replayId(), task.namespace(), task.meterId()))
                                .replaceWithVoid());
    }

    /** A meter that is rebuilt and not compared. */
    Uni<Optional<Task>> rebuilt(SqlClient client, Replay replay) {
        return tasks(client, REBUILT, replay, Tuple.of(replay.id()))
                .map(tasks -> tasks.stream().findFirst());
    }

    /** Writes down what comparing a meter has shown. */
    Uni<Void> compared(SqlClient client, Task task, List<Day> days) {
        boolean isEqual = days.stream().allMatch(Day::isEqual);
        return client.preparedQuery(ADD_DAYS)
                .execute(Tuple.tuple(List.of(
                        task.replayId(),
                        task.namespace(),
                        task.meterId(),
                        column(days, Day::day, LocalDate[]::new),
                        column(days, Day::before, UUID[]::new),
                        column(days, Day::after, UUID[]::new),
                        column(days, Day::copied, Boolean[]::new))))
                .chain(() -> client.preparedQuery(COMPARED)
                        .execute(Tuple.of(
                                task.replayId(), task.namespace(), task.meterId(), isEqual ? "equal" : "different")))
                .replaceWithVoid();
    }

    /** Ends the replay if nothing is left to do, with the totals that answered before removed; empty if there is. */
    Uni<Optional<Outcome>> end(SqlClient client, Replay replay, Instant at) {
        return client.preparedQuery(END)
                .execute(Tuple.of(replay.id(), utc(at)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Outcome(row.getLong(0), row.getLong(1), row.getLong(2)))
                        .findFirst());
    }

    private static Uni<List<Task>> tasks(SqlClient client, String sql, Replay replay, Tuple parameters) {
        return client.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> task(replay, row))
                        .toList());
    }

    private static Task task(Replay replay, Row row) {
        OffsetDateTime copiedUntil = row.getOffsetDateTime(4);
        return new Task(
                replay.id(),
                row.getString(0),
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                copiedUntil == null ? null : copiedUntil.toInstant());
    }

    private static <T> T[] column(List<Day> days, Function<Day, T> value, IntFunction<T[]> array) {
        return days.stream().map(value).toArray(array);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
