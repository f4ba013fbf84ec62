package io.usance.ingestion.meter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;

/** Meters whose totals are not those of their present shape, for who keeps totals. */
@ApplicationScoped
public class UncountedMeters {
    private static final String FIND = """
            select namespace, id, shape, definition, deleted_at is null as living from meter
            where (deleted_at is null and shape is distinct from counted_shape)
               or (deleted_at is not null and counted_shape is not null)
            order by namespace, id limit $1
            """;
    private static final String COUNTED = """
            update meter set counted_shape = $3, shape = coalesce(nullif(shape, ''), $3) where namespace = $1 and id = $2
            """;

    @Inject
    ObjectMapper json;

    /**
     * @param meter as last heard
     * @param isLiving false once the meter was deleted
     */
    public record Uncounted(String namespace, Meter meter, boolean isLiving) {}

    /** Some of them, at most {@code limit}. */
    public Uni<List<Uncounted>> find(SqlClient client, int limit) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::uncounted)
                        .toList());
    }

    /** Notes which shape of a meter is counted now; null for none. */
    public Uni<Void> counted(SqlClient client, String namespace, String meterId, String shape) {
        return client.preparedQuery(COUNTED)
                .execute(Tuple.of(namespace, meterId, shape))
                .replaceWithVoid();
    }

    private Uncounted uncounted(Row row) {
        try {
            Meter meter = json.readValue(row.getString("definition"), Meter.class);
            return new Uncounted(row.getString("namespace"), meter, row.getBoolean("living"));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a known meter is not readable", unreadable);
        }
    }
}
