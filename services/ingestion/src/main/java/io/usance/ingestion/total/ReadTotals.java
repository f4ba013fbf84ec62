package io.usance.ingestion.total;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.meter.MeterShape;
import io.usance.ingestion.total.model.Cover;
import io.usance.ingestion.total.model.Totals;
import io.usance.kernel.meter.Total;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads what is kept of a meter's usage. */
@ApplicationScoped
public class ReadTotals {
    @Inject
    CountingRepository countings;

    @Inject
    TotalRepository totals;

    /** Takes totals in. */
    public interface Sink {
        /**
         * @param subject empty for all subjects together
         * @param dimensions the values of the meter's dimensions, in the order of their names
         * @param start of the stretch of time
         */
        void accept(String subject, List<String> dimensions, Instant start, Total total);
    }

    /**
     * Gives {@code sink} the totals of a meter in {@code spans}, on a worker thread, one after the other.
     *
     * @param transaction in which what is read belongs together
     * @param bySubject whether the totals of single subjects are wanted
     * @param subjects which subjects; null for all
     * @return false if the meter's totals are not complete: then {@code sink} was given nothing
     */
    public Uni<Boolean> read(
            SqlConnection transaction,
            String namespace,
            Meter meter,
            List<Cover.Span> spans,
            boolean bySubject,
            Collection<String> subjects,
            Sink sink) {
        Collection<String> wanted = bySubject ? subjects : List.of(Totals.ALL_SUBJECTS);
        return countings
                .live(transaction, namespace, meter.id(), MeterShape.of(meter))
                .chain(live -> live.map(counting -> totals.read(transaction, counting, spans, wanted, sink)
                                .replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** How far a meter is from having complete totals; empty if it has them. */
    public Uni<Optional<CatchUp>> catchUp(SqlConnection transaction, String namespace, Meter meter) {
        return countings.catchUp(transaction, namespace, meter.id(), MeterShape.of(meter));
    }
}
