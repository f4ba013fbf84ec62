package io.usance.ingestion.total;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.event.EventTimes;
import io.usance.ingestion.event.RawEvents;
import io.usance.ingestion.event.Retention;
import io.usance.ingestion.event.StoredEvents;
import io.usance.ingestion.total.CheckRepository.Run;
import io.usance.ingestion.total.CheckRepository.TenantDay;
import io.usance.ingestion.total.model.Level;
import io.usance.kernel.time.Period;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Compares totals with the events that they are made of, once a night on one replica, as far as a night's limits reach: first
 * the days that are known to disagree, then those that were never compared, then those that were longest ago. A day is over
 * before it is compared the first time; what comes late for it is counted in what is compared, on both sides.
 */
@ApplicationScoped
class CheckTotals {
    private static final String WORK = "check";

    /** Totals of single subjects of one meter that are in memory at a time; those of one subject may bring it above. */
    private static final int TOTALS_HELD_MAX = 20_000;

    @Inject
    Pool pool;

    @Inject
    StoredEvents events;

    @Inject
    RawEvents rawEvents;

    @Inject
    EventBacklog backlog;

    @Inject
    Retention retention;

    @Inject
    CountingRepository countings;

    @Inject
    DigestRepository digests;

    @Inject
    CheckRepository checks;

    @Inject
    CheckConfig config;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    private Duration delay;

    /** Takes up the next day of a night's check, or begins one if it is time; returns whether there was something to do. */
    Uni<Boolean> next() {
        return checks.last(pool)
                .chain(last -> last.filter(Run::isOpen)
                        .map(this::step)
                        .orElseGet(() ->
                                isTimeToBegin(last) ? begin() : Uni.createFrom().item(false)));
    }

    private boolean isTimeToBegin(Optional<Run> last) {
        if (delay == null) {
            delay = Duration.ofMillis(
                    ThreadLocalRandom.current().nextLong(config.jitter().toMillis() + 1));
        }
        return isTimeToBegin(last.map(Run::begunAt).orElse(Instant.MIN), clock.instant(), delay, config);
    }

    /**
     * Whether a night has begun, not long ago, in which there was no check.
     *
     * @param begun when the last check began
     */
    static boolean isTimeToBegin(Instant begun, Instant now, Duration delay, CheckConfig config) {
        Instant today =
                LocalDate.ofInstant(now, ZoneOffset.UTC).atTime(config.at()).toInstant(ZoneOffset.UTC);
        Instant night = today.isAfter(now) ? today.minusSeconds(Level.DAY.seconds()) : today;
        return begun.isBefore(night) && !now.isBefore(night.plus(delay)) && now.isBefore(night.plus(config.timeMax()));
    }

    /** Begins a check now; returns false if another replica is at it. */
    Uni<Boolean> begin() {
        Instant now = clock.instant();
        return alone(connection -> checks.last(connection)
                .chain(last -> last.filter(Run::isOpen).isPresent()
                        ? Uni.createFrom().item(false)
                        : begin(connection, now).replaceWith(true)));
    }

    private Uni<Void> begin(SqlConnection connection, Instant now) {
        return checks.begin(connection, now)
                .chain(() -> firstDay(connection))
                .call(first -> checks.forgetBefore(connection, LocalDate.ofInstant(first, ZoneOffset.UTC)))
                .map(first -> EventTimes.EVER.clip(first, Level.DAY.floor(now)))
                .chain(closed -> closed.map(period -> add(connection, period))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .invoke(() -> Log.info("check of totals began"));
    }

    /** The first day of which all events are kept. */
    private Uni<Instant> firstDay(SqlConnection connection) {
        return retention
                .keptFrom(connection)
                .map(kept -> kept.map(Level.DAY::ceiling).orElse(EventTimes.EVER.start()));
    }

    private Uni<Void> add(SqlConnection connection, Period period) {
        return rawEvents
                .tenants(connection)
                .chain(tenants -> Multi.createFrom()
                        .iterable(tenants)
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> rawEvents
                                .days(connection, tenant, period)
                                .chain(days -> checks.add(connection, tenant, days)))
                        .onItem()
                        .ignoreAsUni())
                .chain(() -> checks.addDaysOfTotals(connection, period));
    }

    private Uni<Boolean> step(Run run) {
        boolean isOver = run.events() >= config.eventsMax()
                || clock.instant().isAfter(run.begunAt().plus(config.timeMax()));
        return isOver
                ? end(run)
                : checks.next(pool, run)
                        .chain(next -> next.map(day -> check(run, day)).orElseGet(() -> end(run)));
    }

    private Uni<Boolean> end(Run run) {
        return alone(connection -> checks.end(connection, run, clock.instant())
                .invoke(() -> Log.infof("check of totals ended events=%d", run.events()))
                .replaceWith(true));
    }

    /**
     * What comparing a day has shown.
     *
     * @param disagreeing the meters whose totals are not what the events give
     * @param isWhole false if the day has more events than may be read
     */
    private record Finding(long events, List<String> disagreeing, boolean isWhole) {}

    private Uni<Boolean> check(Run run, TenantDay day) {
        return events.inSnapshot(snapshot -> countings
                        .isMine(snapshot.client(), WORK)
                        .chain(mine -> mine
                                ? compare(snapshot.client(), day).map(Optional::of)
                                : Uni.createFrom().item(Optional.<Finding>empty())))
                .chain(found -> found.map(finding -> alone(connection -> note(connection, run, day, finding)))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** Of one moment: the totals, and the events that are counted in them. */
    private Uni<Finding> compare(SqlConnection connection, TenantDay day) {
        Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
        Period period = new Period(start, start.plusSeconds(Level.DAY.seconds()));
        return backlog.places(connection)
                .chain(places -> countings.live(connection, day.namespace()).chain(live -> {
                    DayRecount recount = new DayRecount(live, config.dayEventsMax(), TOTALS_HELD_MAX, json);
                    return rawEvents
                            .counted(connection, day.namespace(), period, places, recount)
                            .chain(() -> kept(connection, live, period))
                            .map(kept -> finding(recount, live, kept))
                            .onFailure(DayRecount.TooManyEvents.class)
                            .recoverWithItem(() -> new Finding(recount.events(), List.of(), false));
                }));
    }

    private Uni<List<Optional<UUID>>> kept(SqlConnection connection, List<Counting> live, Period day) {
        return Multi.createFrom()
                .iterable(live)
                .onItem()
                .transformToUniAndConcatenate(
                        counting -> digests.ofDays(connection, counting.namespace(), counting.id(), day)
                                .map(days -> days.values().stream().findFirst()))
                .collect()
                .asList();
    }

    private static Finding finding(DayRecount recount, List<Counting> live, List<Optional<UUID>> kept) {
        Map<Long, UUID> expected = recount.digests();
        List<String> disagreeing = new ArrayList<>();
        for (int i = 0; i < live.size(); i++) {
            Counting counting = live.get(i);
            if (!Objects.equals(expected.get(counting.id()), kept.get(i).orElse(null))) {
                disagreeing.add(counting.meter().id());
            }
        }
        return new Finding(recount.events(), disagreeing, true);
    }

    /** Of a day whose events were dropped meanwhile nothing is said. */
    private Uni<Boolean> note(SqlConnection connection, Run run, TenantDay day, Finding finding) {
        return firstDay(connection)
                .map(first ->
                        !day.day().atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(first))
                .chain(isKept -> isKept
                        ? checks.checked(connection, run, day, clock.instant(), finding.events(), finding.disagreeing())
                                .invoke(() -> tell(day, finding))
                        : checks.forget(connection, day))
                .replaceWith(true);
    }

    private void tell(TenantDay day, Finding finding) {
        if (!finding.isWhole()) {
            Log.warnf(
                    "totals were not checked, the day has more than %d events namespace=%s day=%s",
                    config.dayEventsMax(), day.namespace(), day.day());
        }
        finding.disagreeing()
                .forEach(meter -> Log.warnf(
                        "totals and events disagree namespace=%s meter=%s day=%s", day.namespace(), meter, day.day()));
        String outcome = finding.isWhole() ? (finding.disagreeing().isEmpty() ? "agreeing" : "disagreeing") : "skipped";
        metrics.counter("ingestion.checks.days", "outcome", outcome).increment();
    }

    /** Does {@code work} in a transaction, unless another replica is at it. */
    private Uni<Boolean> alone(Function<SqlConnection, Uni<Boolean>> work) {
        return pool.withTransaction(connection -> countings
                .isMine(connection, WORK)
                .chain(mine -> mine ? work.apply(connection) : Uni.createFrom().item(false)));
    }
}
