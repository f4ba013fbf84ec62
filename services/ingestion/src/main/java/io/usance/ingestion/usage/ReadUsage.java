package io.usance.ingestion.usage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventRange;
import io.usance.ingestion.event.EventTimes;
import io.usance.ingestion.event.StoredEvents.Snapshot;
import io.usance.ingestion.total.CatchUp;
import io.usance.ingestion.total.ReadTotals;
import io.usance.ingestion.total.model.Cover;
import io.usance.kernel.meter.Granularity;
import io.usance.kernel.time.Period;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Reads what a question asks for: totals as far as they fit, and events one by one for what is left at the edges of the range
 * and for what is not counted yet. While a meter's totals are not complete everything is read one by one; the answer is the
 * same.
 */
@ApplicationScoped
class ReadUsage {
    @Inject
    ReadTotals totals;

    /**
     * Gives {@code fold} the usage in {@code range}.
     *
     * @param granularity null for no windows
     * @return how far the meter is from having complete totals; empty if it has them
     */
    Uni<Optional<CatchUp>> into(
            UsageFold fold, EventRange range, Granularity granularity, ZoneId zone, Snapshot snapshot) {
        Optional<Period> whole = EventTimes.EVER.clip(range.from(), range.to());
        if (whole.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        boolean bySubject = fold.isBySubject() || range.subjects() != null;
        Cover cover = Cover.of(
                whole.get(), Cover.levels(fold.meter().aggregation(), bySubject, granularity, zone, whole.get()));
        return cover.reach()
                .map(reach -> totals.read(
                                snapshot.client(),
                                range.namespace(),
                                fold.meter(),
                                cover.spans(),
                                bySubject,
                                range.subjects(),
                                fold)
                        .chain(read -> read
                                ? theRest(fold, range, cover, reach, snapshot).replaceWith(Optional.<CatchUp>empty())
                                : oneByOne(fold, range, snapshot)))
                .orElseGet(() -> oneByOne(fold, range, snapshot));
    }

    private Uni<Optional<CatchUp>> oneByOne(UsageFold fold, EventRange range, Snapshot snapshot) {
        return snapshot.fold(range, fold)
                .chain(() -> totals.catchUp(snapshot.client(), range.namespace(), fold.meter()));
    }

    private static Uni<Void> theRest(UsageFold fold, EventRange range, Cover cover, Period reach, Snapshot snapshot) {
        return Multi.createFrom()
                .iterable(cover.edges())
                .onItem()
                .transformToUniAndConcatenate(edge -> snapshot.fold(range.within(edge), fold))
                .onItem()
                .ignoreAsUni()
                .chain(() -> snapshot.foldUncounted(range.within(reach), fold));
    }
}
