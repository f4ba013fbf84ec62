package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.StoringTransaction.Offset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How far the topic of accepted events has been stored. Belongs to no tenant. */
@ApplicationScoped
class OffsetRepository {
    private static final String READ = """
            select partition, next_offset, leader_epoch from consumer_offset
            where topic = $1 and log_id = $2 and partition = any($3)
            """;

    @Inject
    Pool pool;

    /** Where reading each of {@code partitions} goes on; nothing of one that was never read. */
    Uni<Map<Integer, Offset>> read(String topic, String logId, Collection<Integer> partitions) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(topic, logId, partitions.toArray(Integer[]::new)))
                .map(rows -> {
                    Map<Integer, Offset> offsets = new HashMap<>();
                    rows.forEach(row -> offsets.put(row.getInteger(0), new Offset(row.getLong(1), row.getInteger(2))));
                    return offsets;
                });
    }
}
