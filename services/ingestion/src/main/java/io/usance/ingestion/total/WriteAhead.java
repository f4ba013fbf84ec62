package io.usance.ingestion.total;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.usance.ingestion.event.CopiedRows;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.total.CountAhead.Ahead;
import io.usance.ingestion.total.CountAhead.Range;
import io.usance.ingestion.total.Sums.TypeOfTenant;
import io.usance.ingestion.total.model.Slice;
import io.usance.ingestion.total.model.Totals;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Tally;
import io.usance.kernel.meter.Total;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Writes what was added up as it was stored: the totals and how far they reach, in one transaction. With the blocking driver,
 * because only that can copy rows: there are hundreds of thousands.
 */
@ApplicationScoped
class WriteAhead {
    /** How long the database may be silent before it counts as away. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Most rows that are copied at once. */
    private static final int ROWS_MAX = 20_000;

    private static final int ROW_BYTES_GUESS = 256;

    private static final String TRY =
            "select pg_try_advisory_xact_lock(hashtextextended('ingestion:count:' || p, 0)) from unnest(?::int[]) as p";
    private static final String SHARE =
            "select pg_advisory_xact_lock_shared(hashtextextended('ingestion:countings', 0))";
    private static final String PLACES =
            "select partition, last_seq, counted_seq from event_position where partition = any(?::int[])";
    private static final String WANTED = """
            select id from counting
            where (namespace, event_type) in (select * from unnest(?::text[], ?::text[])) and state <> 'retired'
            """;
    private static final String STAGE = """
            create temporary table if not exists added (
                namespace text collate "C", counting_id bigint, level int, subject text collate "C",
                starts_at timestamptz, slice uuid, dimensions text, count bigint, number text,
                latest_source text collate "C", latest_id text collate "C", first_at timestamptz, last_at timestamptz
            ) on commit delete rows
            """;
    private static final String STAGE_VALUES = """
            create temporary table if not exists added_value (
                namespace text collate "C", counting_id bigint, level int, subject text collate "C",
                starts_at timestamptz, slice uuid, digest uuid, value text
            ) on commit delete rows
            """;
    // In the order in which they were copied, in which everybody writes.
    private static final String ADD = """
            insert into total as t (namespace, counting_id, level, subject, starts_at, slice, dimensions,
                                    count, number, latest_source, latest_id, first_at, last_at)
            select namespace, counting_id, level, subject, starts_at, slice, dimensions,
                   count, number::numeric, latest_source, latest_id, first_at, last_at
            from added
            """;
    private static final String ADD_VALUES = """
            insert into total_value (namespace, counting_id, level, subject, starts_at, slice, digest, value)
            select namespace, counting_id, level, subject, starts_at, slice, digest, value from added_value
            on conflict do nothing
            """;

    @Inject
    DataSource database;

    @Inject
    EventBacklog backlog;

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry metrics;

    /**
     * Writes {@code ahead}.
     *
     * @return whether it was; if not, because it does not fit what is counted already or misses a counting, it is to be thrown
     *     away and its events are read again
     * @throws IllegalStateException if the database fails; then nothing of it is written
     */
    boolean write(Ahead ahead) {
        if (ahead.ranges().isEmpty()) {
            return true;
        }
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
            connection.setAutoCommit(false);
            boolean written = false;
            try {
                written = write(connection, ahead);
                if (written) {
                    connection.commit();
                }
            } finally {
                if (!written) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
            metrics.counter("ingestion.events.counted").increment(written ? ahead.events() : 0);
            return written;
        } catch (SQLException failure) {
            throw new IllegalStateException("totals were not written: " + failure.getMessage(), failure);
        }
    }

    private boolean write(Connection connection, Ahead ahead) throws SQLException {
        if (!areMine(connection, ahead.ranges().keySet())) {
            return false;
        }
        execute(connection, SHARE);
        if (!fits(connection, ahead.ranges())) {
            return false;
        }
        List<EventCounter> counters = ahead.sums().counters();
        Set<Long> wanted = wanted(connection, ahead.sums().types());
        Set<Long> added = new HashSet<>();
        counters.forEach(counter -> added.add(counter.counting().id()));
        if (!added.containsAll(wanted)) {
            return false;
        }
        add(
                connection,
                counters.stream()
                        .filter(counter -> wanted.contains(counter.counting().id()))
                        .toList());
        for (Map.Entry<Integer, Range> counted : ahead.ranges().entrySet()) {
            backlog.counted(connection, counted.getKey(), counted.getValue().upTo());
        }
        return true;
    }

    private static boolean areMine(Connection connection, Set<Integer> partitions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY)) {
            statement.setArray(1, connection.createArrayOf("int4", partitions.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                boolean mine = true;
                while (rows.next()) {
                    mine &= rows.getBoolean(1);
                }
                return mine;
            }
        }
    }

    private static boolean fits(Connection connection, Map<Integer, Range> ranges) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLACES)) {
            statement.setArray(
                    1, connection.createArrayOf("int4", ranges.keySet().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                int fitting = 0;
                while (rows.next()) {
                    Range range = ranges.get(rows.getInt(1));
                    fitting += rows.getLong(2) >= range.upTo() && rows.getLong(3) == range.after() ? 1 : 0;
                }
                return fitting == ranges.size();
            }
        }
    }

    private static Set<Long> wanted(Connection connection, Set<TypeOfTenant> types) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WANTED)) {
            List<TypeOfTenant> ordered = List.copyOf(types);
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            ordered.stream().map(TypeOfTenant::namespace).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", ordered.stream().map(TypeOfTenant::type).toArray()));
            Set<Long> wanted = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    wanted.add(rows.getLong(1));
                }
            }
            return wanted;
        }
    }

    private void add(Connection connection, List<EventCounter> counters) throws SQLException {
        execute(connection, STAGE);
        execute(connection, STAGE_VALUES);
        Part part = new Part(connection);
        for (EventCounter counter : counters) {
            part.add(counter);
        }
        part.write();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is copied at once: rows that are all written alike. */
    private final class Part {
        private final Connection connection;
        private final Map<List<String>, String> dimensions = new HashMap<>();
        private Merge merge;
        private CopiedRows rows;
        private CopiedRows values;
        private int size;
        private int valuesSize;

        Part(Connection connection) {
            this.connection = connection;
        }

        void add(EventCounter counter) throws SQLException {
            if (counter.merge() != merge) {
                write();
                merge = counter.merge();
            }
            List<Map.Entry<Totals.Key, Total>> totals = counter.totals().totals().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Totals.Key.ORDER))
                    .toList();
            for (Map.Entry<Totals.Key, Total> total : totals) {
                add(counter.counting(), total.getKey(), total.getValue());
            }
        }

        private void add(Counting counting, Totals.Key key, Total total) throws SQLException {
            if (rows == null) {
                rows = new CopiedRows(ROWS_MAX * ROW_BYTES_GUESS);
                values = new CopiedRows(0);
            }
            Tally.Kept kept = total.kept();
            Reading latest = kept.latest();
            key(rows.row(13), counting, key)
                    .text(dimensions.computeIfAbsent(key.dimensions(), this::json))
                    .int8(kept.count())
                    .text(kept.number() == null ? null : kept.number().toPlainString())
                    .text(latest == null ? null : latest.source())
                    .text(latest == null ? null : latest.id())
                    .time(total.first())
                    .time(total.last());
            size++;
            Map<UUID, String> texts = new TreeMap<>();
            kept.texts().forEach(text -> texts.put(Slice.digest(text), text));
            texts.forEach((digest, text) ->
                    key(values.row(8), counting, key).uuid(digest).text(text));
            valuesSize += texts.size();
            if (size + valuesSize >= ROWS_MAX) {
                write();
            }
        }

        private CopiedRows key(CopiedRows row, Counting counting, Totals.Key key) {
            return row.text(counting.namespace())
                    .int8(counting.id())
                    .int4((int) key.level().seconds())
                    .text(key.subject())
                    .time(key.start())
                    .uuid(key.slice());
        }

        private String json(List<String> values) {
            try {
                return json.writeValueAsString(values);
            } catch (JsonProcessingException unwritable) {
                throw new IllegalStateException("dimensions are not writable", unwritable);
            }
        }

        void write() throws SQLException {
            if (size == 0) {
                return;
            }
            rows.into("added", connection);
            execute(connection, ADD + merge.onConflict());
            execute(connection, "truncate added");
            if (valuesSize > 0) {
                values.into("added_value", connection);
                execute(connection, ADD_VALUES);
                execute(connection, "truncate added_value");
            }
            rows = null;
            values = null;
            size = 0;
            valuesSize = 0;
        }
    }
}
