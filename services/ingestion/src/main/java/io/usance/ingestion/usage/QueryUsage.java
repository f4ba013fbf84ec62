package io.usance.ingestion.usage;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.customer.Customers;
import io.usance.ingestion.customer.KnownCustomer;
import io.usance.ingestion.event.EventRange;
import io.usance.ingestion.event.StoredEvents;
import io.usance.ingestion.meter.Meters;
import io.usance.ingestion.total.CatchUp;
import io.usance.ingestion.usage.model.UsageGrid;
import io.usance.ingestion.usage.model.UsageRow;
import io.usance.kernel.meter.DimensionFilter;
import io.usance.kernel.meter.MeterAggregation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers what a meter has counted. */
@ApplicationScoped
class QueryUsage {
    private static final KnownCustomer NOBODY = new KnownCustomer("", "", "");

    @Inject
    Meters meters;

    @Inject
    Customers customers;

    @Inject
    StoredEvents events;

    @Inject
    ReadUsage usage;

    @Inject
    UsageConfig config;

    /** Fails with a problem: 404 for the meter, 400 for what is asked of it or how much. */
    Uni<UsageTable> query(String namespace, String bearer, String meterId, MeterQueryRequest request) {
        return meters.living(namespace, meterId, bearer)
                .chain(meter -> query(namespace, bearer, meter, request, Map.of()));
    }

    /** @param also conditions on the meter's own dimensions, beside those of the request */
    Uni<UsageTable> query(
            String namespace,
            String bearer,
            Meter meter,
            MeterQueryRequest request,
            Map<String, DimensionFilter> also) {
        return fitting(meter, request, bearer)
                .map(fitting -> UsageQuery.of(fitting, request).and(also))
                .chain(query -> answer(namespace, bearer, query));
    }

    /** A dimension that is not known may have been added a moment ago: then the owner of meters knows. */
    private Uni<Meter> fitting(Meter meter, MeterQueryRequest request, String bearer) {
        return UsageQuery.fits(meter, request)
                ? Uni.createFrom().item(meter)
                : meters.fresh(meter.id(), bearer).onFailure().recoverWithItem(meter);
    }

    private Uni<UsageTable> answer(String namespace, String bearer, UsageQuery query) {
        return asked(namespace, bearer, query)
                .chain(asked -> fold(namespace, query, subjects(query, asked))
                        .chain(folded -> byCustomer(namespace, query, folded, asked)));
    }

    /** The subjects of the customers that are asked for, with the customer that has each. */
    private Uni<Map<String, KnownCustomer>> asked(String namespace, String bearer, UsageQuery query) {
        return query.customers() == null
                ? Uni.createFrom().item(Map.of())
                : customers.subjectsOf(namespace, query.customers(), bearer);
    }

    private static Set<String> subjects(UsageQuery query, Map<String, KnownCustomer> asked) {
        if (query.customers() == null) {
            return query.subjects();
        }
        Set<String> subjects = new HashSet<>(asked.keySet());
        if (query.subjects() != null) {
            subjects.retainAll(query.subjects());
        }
        return subjects;
    }

    private record Folded(UsageGrid grid, Optional<CatchUp> catchUp) {}

    private Uni<Folded> fold(String namespace, UsageQuery query, Set<String> subjects) {
        Meter meter = query.meter();
        UsageFold fold = new UsageFold(
                meter,
                query.isGroupedBy(UsageQuery.SUBJECT) || query.isGroupedBy(UsageQuery.CUSTOMER),
                query.ownDimensions(),
                query.filters(),
                new UsageGrid(meter.aggregation(), query.granularity(), query.zone()),
                config);
        EventRange range = new EventRange(
                namespace, meter.eventType(), query.countedFrom(), query.to(), subjects, fold.needsBodies());
        return events.inSnapshot(snapshot -> usage.into(fold, range, query.granularity(), query.zone(), snapshot))
                .invoke(fold::check)
                .map(catchUp -> new Folded(fold.grid(), catchUp));
    }

    /** Usage was summed up by subject; whose it is, is looked up once for each subject and not once for each event. */
    private Uni<UsageTable> byCustomer(
            String namespace, UsageQuery query, Folded folded, Map<String, KnownCustomer> asked) {
        UsageGrid bySubject = folded.grid();
        if (!query.isGroupedBy(UsageQuery.CUSTOMER)) {
            return Uni.createFrom().item(new UsageTable(query, rows(query, bySubject), Map.of(), folded.catchUp()));
        }
        return owners(namespace, query, bySubject, asked).map(owners -> {
            UsageGrid grid = bySubject.regroup(group -> withCustomer(query, group, owners));
            Map<String, KnownCustomer> named = new HashMap<>();
            owners.values().forEach(owner -> named.put(owner.id(), owner));
            return new UsageTable(query, rows(query, grid), named, folded.catchUp());
        });
    }

    private Uni<Map<String, KnownCustomer>> owners(
            String namespace, UsageQuery query, UsageGrid bySubject, Map<String, KnownCustomer> asked) {
        if (query.customers() != null) {
            return Uni.createFrom().item(asked);
        }
        Set<String> subjects = new HashSet<>();
        bySubject.groups().forEach(group -> subjects.add(group.getFirst()));
        return customers.ofSubjects(namespace, subjects);
    }

    /** Puts the customer behind the subject, or in its place if the subject itself was not asked for. */
    private static List<String> withCustomer(UsageQuery query, List<String> group, Map<String, KnownCustomer> owners) {
        List<String> regrouped = new ArrayList<>(group.size() + 1);
        if (query.isGroupedBy(UsageQuery.SUBJECT)) {
            regrouped.add(group.getFirst());
        }
        regrouped.add(owners.getOrDefault(group.getFirst(), NOBODY).id());
        regrouped.addAll(group.subList(1, group.size()));
        return regrouped;
    }

    /** A count over a range that was given and that is not split has a row even if there is nothing in it. */
    private static List<UsageRow> rows(UsageQuery query, UsageGrid grid) {
        MeterAggregation aggregation = query.meter().aggregation();
        boolean counts = aggregation == MeterAggregation.COUNT || aggregation == MeterAggregation.UNIQUE_COUNT;
        boolean isOneNumber = query.granularity() == null && query.groupBy().isEmpty();
        if (grid.size() == 0 && counts && isOneNumber && query.from() != null && query.to() != null) {
            return List.of(new UsageRow(query.from(), query.to(), List.of(), BigDecimal.ZERO));
        }
        return grid.rows(query.from(), query.to());
    }
}
