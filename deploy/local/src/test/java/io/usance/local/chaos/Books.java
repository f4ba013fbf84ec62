package io.usance.local.chaos;

import io.usance.local.Cluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What the database holds, read past the services. */
final class Books {
    private static final String COUNT = "select count(*) from ingestion.event where namespace = 'default'";
    private static final String COUNT_OF_TYPE = COUNT + " and type = ?";
    private static final String UNCOUNTED =
            "select count(*) from ingestion.event_position where last_seq > counted_seq";
    private static final String ALL = """
            select source, id, type, subject, occurred_at, body from ingestion.event where namespace = 'default'
            """;
    private static final int FETCH_SIZE = 5_000;
    private static final int SHOWN_MAX = 10;

    private final Cluster cluster;

    Books(Cluster cluster) {
        this.cluster = cluster;
    }

    /** How many events are stored; empty when the database does not answer. */
    OptionalLong stored() {
        return number(COUNT);
    }

    OptionalLong stored(String type) {
        return number(COUNT_OF_TYPE, type);
    }

    /** In how many partitions stored events are not in the totals yet; empty when the database does not answer. */
    OptionalLong uncounted() {
        return number(UNCOUNTED);
    }

    /**
     * Goes through all stored events and shows them to {@code counts}; what the oracle counts is the content that was stored,
     * after a check that it is one of those that were sent.
     *
     * @param probes ids of the acknowledged probes
     * @return a word about conflicting events
     * @throws AssertionError if an acknowledged event is not there, or is there twice, or there is one that nobody sent
     */
    String audit(Traffic traffic, Ledger ledger, Set<String> probes, List<NaiveCount> counts) throws SQLException {
        BitSet seen = new BitSet(traffic.events());
        Set<String> probesLeft = new HashSet<>(probes);
        int firsts = 0;
        int others = 0;
        try (Connection connection = cluster.database();
                PreparedStatement statement = connection.prepareStatement(ALL)) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString("type").equals(Probe.TYPE)) {
                        probesLeft.remove(rows.getString("id"));
                        continue;
                    }
                    int number = traffic.number(rows.getString("source"), rows.getString("id"));
                    if (number < 0 || !ledger.isSent(number)) {
                        throw new AssertionError("nobody sent " + rows.getString("body"));
                    }
                    if (seen.get(number)) {
                        throw new AssertionError("stored twice: " + rows.getString("body"));
                    }
                    seen.set(number);
                    int variant = variant(traffic, ledger, number, rows);
                    Instant occurredAt = occurredAt(rows);
                    if (traffic.isConflicting(number)) {
                        if (ledger.wasFirst(number, variant)) {
                            firsts++;
                        } else {
                            others++;
                        }
                    }
                    SentEvent event = traffic.event(number, variant, ledger.around(number))
                            .at(occurredAt);
                    counts.forEach(count -> count.see(event));
                }
            }
        }
        BitSet lost = ledger.lost(seen);
        if (!lost.isEmpty() || !probesLeft.isEmpty()) {
            throw new AssertionError(lost.cardinality() + " acknowledged events are lost, the first of them "
                    + lost.stream()
                            .limit(SHOWN_MAX)
                            .mapToObj(number -> traffic.source(number) + " " + traffic.id(number))
                            .toList()
                    + ", and the probes " + probesLeft);
        }
        return "%,d events came with two contents, of which the one that was acknowledged first counts for %,d"
                .formatted(firsts + others, firsts);
    }

    private static int variant(Traffic traffic, Ledger ledger, int number, ResultSet row) throws SQLException {
        String body = row.getString("body");
        int variants = traffic.isConflicting(number) ? 2 : 1;
        for (int variant = 0; variant < variants; variant++) {
            SentEvent event = traffic.event(number, variant, ledger.around(number));
            if (event.json().equals(body)) {
                Instant occurredAt = occurredAt(row);
                boolean matches = event.type().equals(row.getString("type"))
                        && event.subject().equals(row.getString("subject"))
                        && (event.occurredAt() == null
                                ? occurredAt.isAfter(ledger.start()) && occurredAt.isBefore(Instant.now())
                                : occurredAt.equals(event.occurredAt()));
                if (!matches) {
                    throw new AssertionError("the columns are not those of " + body);
                }
                return variant;
            }
        }
        throw new AssertionError("not what was sent: " + body);
    }

    private static Instant occurredAt(ResultSet row) throws SQLException {
        return row.getObject("occurred_at", OffsetDateTime.class).toInstant();
    }

    private OptionalLong number(String sql, String... parameters) {
        try (Connection connection = cluster.database();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return OptionalLong.of(rows.getLong(1));
            }
        } catch (SQLException away) {
            return OptionalLong.empty();
        }
    }
}
