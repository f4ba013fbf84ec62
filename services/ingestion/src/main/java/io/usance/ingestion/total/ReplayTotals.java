package io.usance.ingestion.total;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.ingestion.event.EventTimes;
import io.usance.ingestion.event.Retention;
import io.usance.ingestion.event.StoredEvents;
import io.usance.ingestion.total.ReplayRepository.Day;
import io.usance.ingestion.total.ReplayRepository.Replay;
import io.usance.ingestion.total.ReplayRepository.Task;
import io.usance.ingestion.total.model.Level;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Rebuilds all totals from the events, a few meters at a time, while events come and questions are answered. A second
 * counting of a meter is begun beside the live one and gets its history like that of a new meter; when it has everything the
 * two are compared by digests of one moment, and the rebuilt one takes the place of the other, which is removed.
 *
 * <p>Each step is a transaction and leaves all that the next one needs in the database, so that any replica may die at any
 * point and any other goes on.
 */
@ApplicationScoped
class ReplayTotals {
    private static final String WORK = "replay";

    @Inject
    Pool pool;

    @Inject
    StoredEvents events;

    @Inject
    EventBacklog backlog;

    @Inject
    Retention retention;

    @Inject
    CountingRepository countings;

    @Inject
    DigestRepository digests;

    @Inject
    ReplayRepository replays;

    @Inject
    CheckRepository checks;

    @Inject
    ReplayConfig config;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    /** Does the next step of the replay that was asked for; returns whether there was something to do. */
    Uni<Boolean> next() {
        return replays.open(pool)
                .chain(open ->
                        open.map(this::step).orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Boolean> step(Replay replay) {
        return alone(connection -> replay.begun() ? prepare(connection, replay) : begin(connection, replay))
                .chain(worked -> worked ? Uni.createFrom().item(true) : compare(replay))
                .chain(worked -> worked ? Uni.createFrom().item(true) : alone(connection -> end(connection, replay)));
    }

    /** Does {@code work} in a transaction, unless another replica is at it. */
    private Uni<Boolean> alone(Function<SqlConnection, Uni<Boolean>> work) {
        return pool.withTransaction(connection -> countings
                .isMine(connection, WORK)
                .chain(mine -> mine ? work.apply(connection) : Uni.createFrom().item(false)));
    }

    private Uni<Boolean> begin(SqlConnection connection, Replay replay) {
        return replays.begin(connection, replay, clock.instant())
                .invoke(() -> Log.infof("replay began replay=%d", replay.id()))
                .replaceWith(true);
    }

    private Uni<Boolean> prepare(SqlConnection connection, Replay replay) {
        return replays.giveUpGone(connection, replay)
                .chain(() -> replays.waiting(connection, replay, config.metersMax()))
                .chain(waiting -> waiting.isEmpty() ? copy(connection, replay) : begin(connection, waiting));
    }

    /** Begins to count {@code tasks} a second time. */
    private Uni<Boolean> begin(SqlConnection connection, List<Task> tasks) {
        return countings
                .hold(connection)
                .chain(() -> countedFrom(connection))
                .chain(from -> backlog.places(connection)
                        .chain(places -> Multi.createFrom()
                                .iterable(tasks)
                                .onItem()
                                .transformToUniAndConcatenate(task -> begin(connection, task, places, from))
                                .onItem()
                                .ignoreAsUni()))
                .replaceWith(true);
    }

    private Uni<Void> begin(SqlConnection connection, Task task, List<Place> places, Optional<Instant> from) {
        return countings
                .inState(connection, task.namespace(), task.countingId(), "live")
                .chain(live -> live.map(
                                counting -> countings.beginAgain(connection, counting, places, from.orElse(null)))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .chain(rebuilt -> rebuilt.map(id -> replays.rebuilding(connection, task, id, from.orElse(null)))
                        .orElseGet(() -> replays.gone(connection, task)));
    }

    /** The first day of which all events are kept; empty if all are. What was counted before it can only be copied. */
    private Uni<Optional<Instant>> countedFrom(SqlConnection connection) {
        return retention.keptFrom(connection).map(kept -> kept.map(Level.DAY::ceiling));
    }

    private Uni<Boolean> copy(SqlConnection connection, Replay replay) {
        return replays.toCopy(connection, replay)
                .chain(found -> found.map(task -> countings
                                .hold(connection)
                                .chain(() -> replays.copy(connection, task, config.copySizeMax()))
                                .replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** Compares the next meter that is rebuilt. */
    private Uni<Boolean> compare(Replay replay) {
        return replays.rebuilt(pool, replay)
                .chain(found -> found.map(task -> compare(task)
                                .chain(days -> days.map(some -> alone(connection -> take(connection, task, some)))
                                        .orElseGet(() -> Uni.createFrom().item(false))))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** Of one moment: whatever is counted is counted in both. Empty if another replica is at it. */
    private Uni<Optional<List<Day>>> compare(Task task) {
        return events.inSnapshot(snapshot -> countings
                .isMine(snapshot.client(), WORK)
                .chain(mine -> mine
                        ? digests.ofDays(snapshot.client(), task.namespace(), task.countingId(), EventTimes.EVER)
                                .chain(before -> digests.ofDays(
                                                snapshot.client(), task.namespace(), task.rebuiltId(), EventTimes.EVER)
                                        .map(after -> Optional.of(days(task, before, after))))
                        : Uni.createFrom().item(Optional.<List<Day>>empty())));
    }

    private static List<Day> days(Task task, Map<LocalDate, UUID> before, Map<LocalDate, UUID> after) {
        Set<LocalDate> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        List<Day> days = new ArrayList<>(all.size());
        for (LocalDate day : all) {
            boolean copied = task.copiedUntil() != null
                    && day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(task.copiedUntil());
            days.add(new Day(day, before.get(day), after.get(day), copied));
        }
        return days;
    }

    /** The rebuilt totals take the place of the others, unless one of the two has ended, or events were dropped meanwhile. */
    private Uni<Boolean> take(SqlConnection connection, Task task, List<Day> days) {
        return countings
                .hold(connection)
                .chain(() -> countings.inState(connection, task.namespace(), task.countingId(), "live"))
                .chain(live -> countings
                        .inState(connection, task.namespace(), task.rebuiltId(), "rebuilt")
                        .chain(rebuilt -> live.isPresent() && rebuilt.isPresent()
                                ? take(connection, task, days, live.get(), rebuilt.get())
                                : Uni.createFrom().voidItem()))
                .replaceWith(true);
    }

    private Uni<Void> take(SqlConnection connection, Task task, List<Day> days, Counting live, Counting rebuilt) {
        return countedFrom(connection)
                .map(from -> from.equals(Optional.ofNullable(task.copiedUntil())))
                .chain(whole -> whole
                        ? swap(connection, task, days, live, rebuilt)
                        : countings
                                .giveUp(connection, rebuilt)
                                .chain(() -> replays.again(connection, task))
                                .invoke(() -> Log.infof(
                                        "replay of meter begins anew, events were dropped namespace=%s meter=%s",
                                        task.namespace(), task.meterId())));
    }

    private Uni<Void> swap(SqlConnection connection, Task task, List<Day> days, Counting live, Counting rebuilt) {
        return replays.compared(connection, task, days)
                .chain(() -> countings.swap(connection, live, rebuilt))
                .chain(() -> checks.mended(connection, task.namespace(), task.meterId()))
                .invoke(() -> tell(task, days));
    }

    private void tell(Task task, List<Day> days) {
        List<Day> different = days.stream().filter(day -> !day.isEqual()).toList();
        different.forEach(day -> Log.warnf(
                "totals were not what the events give, and are now namespace=%s meter=%s day=%s before=%s after=%s",
                task.namespace(), task.meterId(), day.day(), day.before(), day.after()));
        metrics.counter("ingestion.replays.days", "outcome", "different").increment(different.size());
        metrics.counter("ingestion.replays.days", "outcome", "equal")
                .increment((double) days.size() - different.size());
    }

    private Uni<Boolean> end(SqlConnection connection, Replay replay) {
        return replays.end(connection, replay, clock.instant()).map(ended -> {
            ended.ifPresent(outcome -> Log.infof(
                    "replay ended replay=%d meters=%d days=%d different=%d",
                    replay.id(), outcome.meters(), outcome.days(), outcome.different()));
            return ended.isPresent();
        });
    }
}
