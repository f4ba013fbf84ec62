package io.usance.ingestion.event;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Makes the tables of the months in which events happened, which retention drops again as wholes. Months that are too long
 * ago or too far ahead have none: their events are kept together.
 */
@ApplicationScoped
class EventMonths {
    /** How far ahead tables are made, so that a new month begins without waiting for its table. */
    private static final int MONTHS_AHEAD = 2;

    private static final long SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();
    private static final String CHECK_VIOLATION = "23514";

    @Inject
    DataSource database;

    @Inject
    EventConfig config;

    @Inject
    Clock clock;

    private final Set<YearMonth> seen = ConcurrentHashMap.newKeySet();

    /** Makes the tables for events at {@code times}, and those of this month and the next ones, as far as they are missing. */
    void make(Collection<Instant> times) throws SQLException {
        YearMonth now = month(clock.instant());
        YearMonth first = month(clock.instant().minus(config.retention()));
        YearMonth last = now.plusMonths(MONTHS_AHEAD);
        Set<Long> days = new HashSet<>();
        times.forEach(time -> days.add(Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY)));
        Set<YearMonth> wanted = new HashSet<>();
        days.forEach(day -> wanted.add(YearMonth.from(LocalDate.ofEpochDay(day))));
        wanted.removeIf(month -> month.isBefore(first) || month.isAfter(last));
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            wanted.add(now.plusMonths(ahead));
        }
        wanted.removeAll(seen);
        for (YearMonth month : new TreeSet<>(wanted)) {
            make(month);
            seen.add(month);
        }
    }

    /** The names of the tables that should be there whatever happens: of this month and the next ones. */
    List<String> soon() {
        YearMonth now = month(clock.instant());
        return IntStream.rangeClosed(0, MONTHS_AHEAD)
                .mapToObj(now::plusMonths)
                .map(EventMonths::table)
                .toList();
    }

    /** The name of a month's table. */
    static String table(YearMonth month) {
        return "event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private void make(YearMonth month) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // Whoever waits for this lock holds up everybody who comes behind.
                statement.execute("set local lock_timeout = '5s'");
                statement.execute("select pg_advisory_xact_lock(hashtextextended('ingestion:months', 0))");
                statement.execute("create table if not exists %s partition of event for values from ('%s') to ('%s')"
                        .formatted(table(month), start(month), start(month.plusMonths(1))));
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                if (!CHECK_VIOLATION.equals(failure.getSQLState())) {
                    throw failure;
                }
                // Its events came when it was too far ahead, and stay where they are.
                Log.infof("month of events has no table of its own month=%s", month);
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static String start(YearMonth month) {
        return month.atDay(1) + "T00:00:00Z";
    }

    private static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }
}
