package io.usance.ingestion.event;

import io.usance.contracts.usage.UsageEvents.UsageEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the storing of events does in the database, in one transaction of the blocking driver, because only that can copy
 * rows. Rolled back when it is closed before {@link #commit}.
 */
final class StoringTransaction implements AutoCloseable {
    /** How long the database may be silent before it counts as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String ADD_POSITIONS = """
            insert into event_position (partition, last_seq, counted_seq)
            select partition, 0, 0 from unnest(?::int[]) as partition order by 1
            on conflict do nothing
            """;
    // In order, so that two that lock the same rows wait for one another instead of blocking one another.
    private static final String LOCK_POSITIONS = """
            select partition, last_seq from event_position where partition = any(?) order by partition for update
            """;
    private static final String MOVE_POSITION = """
            update event_position set last_seq = greatest(last_seq, ?), open_from = least(open_from, ?)
            where partition = ?
            """;
    private static final String ADD_OFFSETS = """
            insert into consumer_offset (topic, log_id, partition, next_offset)
            select ?, ?, partition, 0 from unnest(?::int[]) as partition order by 3
            on conflict do nothing
            """;
    private static final String LOCK_OFFSETS = """
            select partition, next_offset, leader_epoch from consumer_offset
            where topic = ? and log_id = ? and partition = any(?)
            order by partition for update
            """;
    private static final String MOVE_OFFSET = """
            update consumer_offset set next_offset = ?, leader_epoch = ? where topic = ? and log_id = ? and partition = ?
            """;
    private static final String STAGE = """
            create temporary table if not exists came (
                place int, namespace text collate "C", digest uuid, content int, occurred_at timestamptz
            ) on commit delete rows
            """;
    // In the order of the key, so that two that add the same identities wait for one another, too.
    private static final String ADD_IDENTITIES = """
            insert into event_identity (namespace, digest, content, occurred_at)
            select namespace, digest, content, occurred_at from came order by place
            on conflict do nothing
            returning namespace, digest
            """;
    private static final String CONTENTS = """
            select namespace, digest, content from event_identity
            where (namespace, digest) in (select * from unnest(?::text[], ?::uuid[]))
            """;
    private static final String SEQS = "select array(select nextval('event_seq') from generate_series(1, ?))";
    private static final String EVENT = """
            event (seq, namespace, source, id, type, subject, occurred_at, ingested_at, stored_at, partition, late, body)
            """;
    private static final String LATE_EVENT = """
            late_event (namespace, type, subject, occurred_at, partition, seq, source, id, body)
            """;

    private final Connection connection;

    /** A row of {@code consumer_offset}: where reading goes on, and the epoch of the log's leader that wrote what is before. */
    record Offset(long next, int leaderEpoch) {
        static final int NO_EPOCH = -1;

        private static final Comparator<Offset> ORDER =
                Comparator.comparing(Offset::leaderEpoch).thenComparing(Offset::next);

        /** The one that comes later in the log: a partition that is given back may bring older records after newer ones. */
        Offset later(Offset other) {
            return ORDER.compare(this, other) < 0 ? other : this;
        }
    }

    /** An event that is about to be stored, and the checksum of its body. */
    record Added(EventIdentity identity, int content, Instant ingestedAt, UsageEvent event, int partition) {}

    /** An event that was stored, with its number. */
    record Stored(Added added, long seq, boolean late) {}

    /** @param connection is closed with the transaction */
    StoringTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
        connection.setAutoCommit(false);
    }

    /** The last number of each of {@code partitions}; nobody else stores events of them until this transaction ends. */
    Map<Integer, Long> lockPositions(Collection<Integer> partitions) throws SQLException {
        Map<Integer, Long> last = new HashMap<>();
        Array numbers = array("int4", partitions);
        read(LOCK_POSITIONS, row -> last.put(row.getInt(1), row.getLong(2)), numbers);
        if (last.size() < partitions.size()) {
            update(ADD_POSITIONS, numbers);
            read(LOCK_POSITIONS, row -> last.put(row.getInt(1), row.getLong(2)), numbers);
        }
        return last;
    }

    /** Where reading each of {@code partitions} goes on; nobody else moves it until this transaction ends. */
    Map<Integer, Offset> lockOffsets(String topic, String logId, Collection<Integer> partitions) throws SQLException {
        Map<Integer, Offset> offsets = new HashMap<>();
        Array numbers = array("int4", partitions);
        RowReader reader = row -> offsets.put(row.getInt(1), new Offset(row.getLong(2), row.getInt(3)));
        read(LOCK_OFFSETS, reader, topic, logId, numbers);
        if (offsets.size() < partitions.size()) {
            update(ADD_OFFSETS, topic, logId, numbers);
            read(LOCK_OFFSETS, reader, topic, logId, numbers);
        }
        return offsets;
    }

    void moveOffsets(String topic, String logId, Map<Integer, Offset> offsets) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE_OFFSET)) {
            for (Map.Entry<Integer, Offset> moved : offsets.entrySet()) {
                bind(statement, moved.getValue().next(), moved.getValue().leaderEpoch(), topic, logId, moved.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Notes the identities that are not known yet.
     *
     * @param came each identity once, in the order of the identities
     * @return the new ones
     */
    Set<EventIdentity> addIdentities(List<Added> came) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGE);
        }
        CopiedRows rows = new CopiedRows(came.size() * 96);
        for (int place = 0; place < came.size(); place++) {
            Added added = came.get(place);
            rows.row(5)
                    .int4(place)
                    .text(added.identity().namespace())
                    .uuid(added.identity().digest())
                    .int4(added.content())
                    .time(added.event().occurredAt());
        }
        rows.into("came", connection);
        Set<EventIdentity> fresh = new HashSet<>(2 * came.size());
        read(ADD_IDENTITIES, row -> fresh.add(identity(row)));
        return fresh;
    }

    /** The checksums of the contents that are kept under {@code identities}, where there is one. */
    Map<EventIdentity, Integer> contents(Collection<EventIdentity> identities) throws SQLException {
        Map<EventIdentity, Integer> contents = new HashMap<>();
        RowReader reader = row -> {
            int content = row.getInt(3);
            if (!row.wasNull()) {
                contents.put(identity(row), content);
            }
        };
        read(
                CONTENTS,
                reader,
                array("text", identities.stream().map(EventIdentity::namespace).toList()),
                array("uuid", identities.stream().map(EventIdentity::digest).toList()));
        return contents;
    }

    private static EventIdentity identity(ResultSet row) throws SQLException {
        return new EventIdentity(row.getString(1), row.getObject(2, UUID.class));
    }

    /**
     * Stores events whose identities are new, and numbers them in their order.
     *
     * @param lateBefore what happened before it is late
     */
    List<Stored> addEvents(List<Added> fresh, Instant storedAt, Instant lateBefore) throws SQLException {
        if (fresh.isEmpty()) {
            return List.of();
        }
        Long[] seqs = seqs(fresh.size());
        List<Stored> stored = new ArrayList<>(fresh.size());
        CopiedRows rows = new CopiedRows(fresh.size() * 512);
        CopiedRows lateRows = null;
        for (Added added : fresh) {
            UsageEvent event = added.event();
            long seq = seqs[stored.size()];
            boolean late = event.occurredAt().isBefore(lateBefore);
            rows.row(12)
                    .int8(seq)
                    .text(added.identity().namespace())
                    .text(event.source())
                    .text(event.id())
                    .text(event.type())
                    .text(event.subject())
                    .time(event.occurredAt())
                    .time(added.ingestedAt())
                    .time(storedAt)
                    .int4(added.partition())
                    .bool(late)
                    .text(event.body());
            if (late) {
                lateRows = lateRows == null ? new CopiedRows(0) : lateRows;
                lateRows.row(9)
                        .text(added.identity().namespace())
                        .text(event.type())
                        .text(event.subject())
                        .time(event.occurredAt())
                        .int4(added.partition())
                        .int8(seq)
                        .text(event.source())
                        .text(event.id())
                        .text(event.body());
            }
            stored.add(new Stored(added, seq, late));
        }
        rows.into(EVENT, connection);
        if (lateRows != null) {
            lateRows.into(LATE_EVENT, connection);
        }
        movePositions(stored);
        return stored;
    }

    private void movePositions(List<Stored> stored) throws SQLException {
        Map<Integer, Long> last = new TreeMap<>();
        Map<Integer, Instant> from = new HashMap<>();
        for (Stored one : stored) {
            last.merge(one.added().partition(), one.seq(), Math::max);
            if (!one.late()) {
                from.merge(
                        one.added().partition(),
                        one.added().event().occurredAt(),
                        (left, right) -> left.isBefore(right) ? left : right);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(MOVE_POSITION)) {
            for (Map.Entry<Integer, Long> moved : last.entrySet()) {
                Instant openFrom = from.get(moved.getKey());
                bind(
                        statement,
                        moved.getValue(),
                        openFrom == null ? null : EventRepository.utc(openFrom),
                        moved.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Long[] seqs(int count) throws SQLException {
        Long[][] seqs = new Long[1][];
        read(SEQS, row -> seqs[0] = (Long[]) row.getArray(1).getArray(), count);
        return seqs[0];
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String sql, RowReader reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == null) {
                statement.setObject(i + 1, null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
    }

    private Array array(String type, Collection<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
