package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** How far back events are kept. */
@ApplicationScoped
public class Retention {
    private static final String KEPT_FROM = "select max(kept_from) from event_retention";

    /** From when on every event is still there; empty if none was ever dropped. Never moves back. */
    public Uni<Optional<Instant>> keptFrom(SqlClient client) {
        return client.query(KEPT_FROM)
                .execute()
                .map(rows -> Optional.ofNullable(rows.iterator().next().getOffsetDateTime(0))
                        .map(OffsetDateTime::toInstant));
    }
}
