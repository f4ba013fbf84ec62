package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far the topic of accepted events has been stored. Belongs to no tenant. */
@ApplicationScoped
class OffsetRepository {
    private static final String ADD = """
            insert into consumer_offset (topic, log_id, partition, next_offset)
            select $1, $2, partition, 0 from unnest($3::int[]) as partition
            on conflict do nothing
            """;
    private static final String READ = """
            select partition, next_offset from consumer_offset
            where topic = $1 and log_id = $2 and partition = any($3)
            """;
    // In order, so that two that lock the same rows wait for one another instead of blocking one another.
    private static final String LOCK = READ + " order by partition for update";
    private static final String MOVE = """
            update consumer_offset o set next_offset = moved.next_offset
            from unnest($3::int[], $4::bigint[]) as moved (partition, next_offset)
            where o.topic = $1 and o.log_id = $2 and o.partition = moved.partition
            """;

    /** The next offset to read of each of {@code partitions}; 0 for one that was never read. */
    Uni<Map<Integer, Long>> read(SqlClient client, String topic, String logId, Collection<Integer> partitions) {
        return client.preparedQuery(READ)
                .execute(Tuple.of(topic, logId, partitions.toArray(Integer[]::new)))
                .map(OffsetRepository::offsets);
    }

    /** Like {@link #read}, and nobody else moves them until this transaction ends. */
    Uni<Map<Integer, Long>> lock(SqlClient client, String topic, String logId, Collection<Integer> partitions) {
        Tuple rows = Tuple.of(topic, logId, partitions.toArray(Integer[]::new));
        return client.preparedQuery(ADD)
                .execute(rows)
                .chain(() -> client.preparedQuery(LOCK).execute(rows))
                .map(OffsetRepository::offsets);
    }

    /** Sets the next offset to read, by partition. */
    Uni<Void> move(SqlClient client, String topic, String logId, Map<Integer, Long> next) {
        return client.preparedQuery(MOVE)
                .execute(Tuple.of(
                        topic,
                        logId,
                        next.keySet().toArray(Integer[]::new),
                        next.values().toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** The next offset of {@code partition} in what {@link #read} or {@link #lock} gave. */
    static long next(Map<Integer, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition.partition(), 0L);
    }

    private static Map<Integer, Long> offsets(RowSet<Row> rows) {
        Map<Integer, Long> offsets = new HashMap<>();
        rows.forEach(row -> offsets.put(row.getInteger(0), row.getLong(1)));
        return offsets;
    }
}
