package io.usance.ingestion.total;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * Has all totals rebuilt from the events by the running service, shows how far it is and at the end the digests of each meter
 * and day before and after. For an operator: it takes the service's own database password, and no tenant has that.
 *
 * <p>Reads the service's environment: {@code USANCE_POSTGRES_ADDRESS}, {@code USANCE_POSTGRES_DATABASE},
 * {@code USANCE_POSTGRES_ROLE}, {@code USANCE_POSTGRES_PASSWORD}. Ending the command does not end the replay; started again
 * it goes on watching.
 */
public final class ReplayCommand {
    /** Every digest is what it was. */
    static final int SAME = 0;

    /** Some totals were not what the events give; they are now. */
    static final int DIFFERENT = 1;

    /** Nothing can be said: the database cannot be used. */
    static final int FAILED = 2;

    private static final String SCHEMA = "ingestion";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);
    private static final int FETCH_SIZE = 1_000;

    private static final String ASK = "insert into replay default values on conflict do nothing returning id";
    private static final String OPEN = "select id from replay where ended_at is null";
    private static final String PROGRESS = """
            select r.begun_at is not null, r.ended_at is not null,
                   (select count(*) from replay_meter m where m.replay_id = r.id),
                   (select count(*) from replay_meter m
                    where m.replay_id = r.id and m.state not in ('waiting', 'rebuilding')),
                   (select coalesce(sum(greatest(c.history_size - c.history_counted, 0)), 0)
                    from replay_meter m join counting c on c.namespace = m.namespace and c.id = m.rebuilt_id
                    where m.replay_id = r.id and m.state = 'rebuilding')
            from replay r where r.id = ?
            """;
    private static final String DAYS = """
            select namespace, meter_id, day, before, after, copied from replay_day where replay_id = ?
            order by namespace, meter_id, day
            """;
    private static final String SUMMARY = """
            select (select count(*) from replay_meter where replay_id = r.id and state in ('equal', 'different')),
                   (select count(*) from replay_meter where replay_id = r.id and state = 'gone'),
                   (select count(*) from replay_day where replay_id = r.id),
                   (select count(*) from replay_day where replay_id = r.id and copied),
                   (select count(*) from replay_day where replay_id = r.id and before is distinct from after)
            from replay r where r.id = ?
            """;

    private final Connection database;
    private final PrintStream out;

    private ReplayCommand(Connection database, PrintStream out) {
        this.database = database;
        this.out = out;
    }

    /** Exits with 0 if nothing has changed, 1 if some totals differed from the events, 2 if that could not be found out. */
    public static void main(String... arguments) {
        System.exit(run(System.getenv(), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /** Returns what to exit with. */
    static int run(Map<String, String> environment, PrintStream out) {
        String address = environment.getOrDefault("USANCE_POSTGRES_ADDRESS", "localhost:5432");
        String name = environment.getOrDefault("USANCE_POSTGRES_DATABASE", "usance");
        Properties login = new Properties();
        login.setProperty("user", environment.getOrDefault("USANCE_POSTGRES_ROLE", SCHEMA));
        login.setProperty("password", environment.getOrDefault("USANCE_POSTGRES_PASSWORD", ""));
        login.setProperty("currentSchema", SCHEMA);
        try (Connection database = DriverManager.getConnection("jdbc:postgresql://" + address + "/" + name, login)) {
            ReplayCommand command = new ReplayCommand(database, out);
            long replay = command.ask();
            command.watch(replay);
            return command.show(replay);
        } catch (SQLException failure) {
            out.println("The replay cannot be watched: " + failure.getMessage());
            return FAILED;
        }
    }

    private long ask() throws SQLException {
        while (true) {
            Optional<Long> asked = id(ASK);
            if (asked.isPresent()) {
                out.println("Replay " + asked.get() + " is asked for: all totals are rebuilt from the events.");
                return asked.get();
            }
            Optional<Long> open = id(OPEN);
            if (open.isPresent()) {
                out.println("Replay " + open.get() + " was asked for before and is not over.");
                return open.get();
            }
        }
    }

    private Optional<Long> id(String sql) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
        }
    }

    /** Returns when the replay is over. */
    private void watch(long replay) throws SQLException {
        String said = "";
        long saidNanos = System.nanoTime();
        while (true) {
            Optional<String> progress = progress(replay);
            if (progress.isEmpty()) {
                return;
            }
            if (!progress.get().equals(said) || System.nanoTime() - saidNanos > SILENCE_MAX.toNanos()) {
                said = progress.get();
                saidNanos = System.nanoTime();
                out.println("  " + said);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Empty when the replay is over. */
    private Optional<String> progress(long replay) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(PROGRESS)) {
            statement.setLong(1, replay);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(2)) {
                    return Optional.empty();
                }
                if (!row.getBoolean(1)) {
                    return Optional.of("waits for an ingestion service that keeps totals");
                }
                return Optional.of(
                        row.getLong(3) == row.getLong(4)
                                ? String.format(
                                        Locale.ROOT,
                                        "all %,d meters are compared, the totals of before are being removed",
                                        row.getLong(3))
                                : String.format(
                                        Locale.ROOT,
                                        "%,d of %,d meters are compared, about %,d events to count for the next ones",
                                        row.getLong(4),
                                        row.getLong(3),
                                        row.getLong(5)));
            }
        }
    }

    private int show(long replay) throws SQLException {
        database.setAutoCommit(false);
        try (PreparedStatement statement = database.prepareStatement(DAYS)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setLong(1, replay);
            try (ResultSet rows = statement.executeQuery()) {
                out.println("namespace meter day before after");
                while (rows.next()) {
                    String before = digest(rows.getString(4));
                    String after = digest(rows.getString(5));
                    String verdict = before.equals(after) ? (rows.getBoolean(6) ? "copied" : "equal") : "DIFFERENT";
                    out.println(String.join(
                            " ", rows.getString(1), rows.getString(2), rows.getString(3), before, after, verdict));
                }
            }
        }
        return summary(replay);
    }

    private int summary(long replay) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(SUMMARY)) {
            statement.setLong(1, replay);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long different = row.getLong(5);
                out.println(String.format(
                        Locale.ROOT,
                        "Replay %d is over: %,d meters compared, %,d went or changed meanwhile; %,d days compared, %,d of"
                                + " them copied since their events are gone; %,d differ.",
                        replay,
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        different));
                return different == 0 ? SAME : DIFFERENT;
            }
        }
    }

    private static String digest(String digest) {
        return digest == null ? "none" : digest;
    }
}
