package io.usance.ingestion.usage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.contracts.catalog.FeatureCost;
import io.usance.contracts.catalog.LlmPrice;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.contracts.catalog.Meter;
import io.usance.contracts.catalog.UnitCost;
import io.usance.ingestion.meter.Meters;
import io.usance.ingestion.usage.model.CostSheet;
import io.usance.ingestion.usage.model.UsageRow;
import io.usance.kernel.meter.DimensionFilter;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts its unit cost on the usage of a feature. Tokens cost what they cost when they were used: a range in which prices
 * changed is asked about piece by piece, and usage is split by model on the way.
 */
@ApplicationScoped
class QueryFeatureCost {
    /** Pieces that one question may take. */
    private static final int PIECES_MAX = 100;

    private static final String NO_UNIT_COST = "the feature has no unit cost";

    @Inject
    FeatureCosts costs;

    @Inject
    Meters meters;

    @Inject
    QueryUsage usage;

    /** Fails with a problem: 404 for the feature, 400 for what is asked of it or how much. */
    Uni<FeatureCostResult> query(String namespace, String bearer, String featureId, MeterQueryRequest request) {
        return costs.of(bearer, featureId)
                .invoke(QueryFeatureCost::refuseWithoutUsage)
                .chain(cost -> meters.any(namespace, cost.feature().meter().id(), bearer)
                        .map(meter -> new Asked(
                                namespace,
                                bearer,
                                meter,
                                DimensionFilterSpec.toFilters(
                                        cost.feature().meter().filters()),
                                request))
                        .chain(asked -> switch (cost.unitCost()) {
                            case null -> fixed(asked, null);
                            case UnitCost.Manual manual -> fixed(asked, manual.amount());
                            case UnitCost.Llm llm -> ofTokens(asked, llm);
                        }));
    }

    private static void refuseWithoutUsage(FeatureCost cost) {
        if (cost.feature().meter() == null) {
            throw Problems.invalid(InvalidParameter.path(
                    "featureId", "invalid", "is a feature without a meter, so there is no usage that could cost"));
        }
    }

    /** @param filters what the feature counts of the meter */
    private record Asked(
            String namespace,
            String bearer,
            Meter meter,
            Map<String, DimensionFilter> filters,
            MeterQueryRequest request) {
        CostSheet sheet() {
            return new CostSheet(request.granularity() != null);
        }

        /** Parts of a sum or a count can be added up, parts of a level or of different values cannot. */
        boolean isAdditive() {
            return meter.aggregation() == MeterAggregation.SUM || meter.aggregation() == MeterAggregation.COUNT;
        }
    }

    private Uni<UsageTable> usage(Asked asked, MeterQueryRequest request) {
        return usage.query(asked.namespace(), asked.bearer(), asked.meter(), request, asked.filters());
    }

    private Uni<FeatureCostResult> fixed(Asked asked, BigDecimal unitCost) {
        return usage(asked, asked.request()).map(table -> {
            CostSheet sheet = asked.sheet();
            table.rows().forEach(row -> sheet.add(row, row.group(), unitCost, NO_UNIT_COST));
            return FeatureCostResult.of(asked.request(), table.query().groupBy(), sheet.rows());
        });
    }

    private Uni<FeatureCostResult> ofTokens(Asked asked, UnitCost.Llm llm) {
        Split split = Split.of(asked.request(), llm);
        return usage(asked, split.request())
                .chain(table -> costs.prices(
                                asked.bearer(),
                                split.values(table, llm.provider(), llm.providerProperty()),
                                split.values(table, llm.model(), llm.modelProperty()))
                        .chain(prices -> priced(asked, split, table, prices)));
    }

    private Uni<FeatureCostResult> priced(Asked asked, Split split, UsageTable table, LlmPriceHistory prices) {
        List<Instant> changes = asked.isAdditive() ? split.changes(table, prices) : List.of();
        if (changes.size() >= PIECES_MAX) {
            throw Problems.invalid(InvalidParameter.body(
                            "from",
                            "invalid",
                            "prices changed %d times in the range, more than %d: ask for a shorter one"
                                    .formatted(changes.size(), PIECES_MAX - 1))
                    .withMaximum(PIECES_MAX - 1));
        }
        CostSheet sheet = asked.sheet();
        Uni<Void> filled = changes.isEmpty()
                ? Uni.createFrom().voidItem().invoke(() -> split.add(table, null, prices, sheet))
                : Multi.createFrom()
                        .iterable(split.pieces(changes))
                        .onItem()
                        .transformToUniAndConcatenate(piece ->
                                usage(asked, piece).invoke(part -> split.add(part, piece.from(), prices, sheet)))
                        .onItem()
                        .ignoreAsUni();
        return filled.chain(() -> answer(asked, split, table, sheet));
    }

    /** What was split on the way and cannot be added up again is asked for as a whole; so is the zero of no usage. */
    private Uni<FeatureCostResult> answer(Asked asked, Split split, UsageTable table, CostSheet sheet) {
        List<CostSheet.Row> rows = sheet.rows();
        boolean isWhole =
                !rows.isEmpty() && (asked.isAdditive() || split.added().isEmpty());
        if (isWhole) {
            return Uni.createFrom().item(FeatureCostResult.of(asked.request(), split.groupBy(table), rows));
        }
        return usage(asked, asked.request())
                .map(whole ->
                        FeatureCostResult.of(asked.request(), whole.query().groupBy(), withCosts(whole, rows)));
    }

    private static List<CostSheet.Row> withCosts(UsageTable whole, List<CostSheet.Row> costs) {
        boolean isByWindow = whole.query().granularity() != null;
        return whole.rows().stream()
                .map(row -> costs.stream()
                        .filter(cost -> cost.group().equals(row.group())
                                && (!isByWindow || cost.from().equals(row.from())))
                        .findFirst()
                        .map(cost -> new CostSheet.Row(
                                row.from(), row.to(), row.group(), row.value(), cost.cost(), cost.detail()))
                        .orElseGet(() -> new CostSheet.Row(
                                row.from(), row.to(), row.group(), row.value(), BigDecimal.ZERO, null)))
                .toList();
    }

    /**
     * A question about usage that is split further by what prices depend on.
     *
     * @param added what it is grouped by beyond what was asked for, which comes last
     */
    private record Split(MeterQueryRequest request, List<String> added, UnitCost.Llm llm) {
        static Split of(MeterQueryRequest asked, UnitCost.Llm llm) {
            List<String> groupBy = asked.groupByDimensions() == null ? List.of() : asked.groupByDimensions();
            List<String> added = Stream.of(llm.providerProperty(), llm.modelProperty(), llm.tokenTypeProperty())
                    .filter(Objects::nonNull)
                    .filter(dimension -> !groupBy.contains(dimension))
                    .distinct()
                    .toList();
            return new Split(
                    asked.groupedBy(
                            Stream.concat(groupBy.stream(), added.stream()).toList()),
                    added,
                    llm);
        }

        List<String> groupBy(UsageTable table) {
            List<String> all = table.query().groupBy();
            return all.subList(0, all.size() - added.size());
        }

        /** What a fact is, in rows of {@code table}, in lower case. */
        Set<String> values(UsageTable table, String value, String property) {
            return table.rows().stream()
                    .map(row -> fact(table, row, value, property).toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }

        private static String fact(UsageTable table, UsageRow row, String value, String property) {
            return property == null
                    ? value
                    : row.group().get(table.query().groupBy().indexOf(property));
        }

        private String provider(UsageTable table, UsageRow row) {
            return fact(table, row, llm.provider(), llm.providerProperty());
        }

        private String model(UsageTable table, UsageRow row) {
            return fact(table, row, llm.model(), llm.modelProperty());
        }

        private record Model(String provider, String name) {}

        /** When prices of what was used changed within the range that has usage. */
        List<Instant> changes(UsageTable table, LlmPriceHistory prices) {
            Set<Model> used = new HashSet<>();
            table.rows()
                    .forEach(row -> used.add(new Model(
                            provider(table, row).toLowerCase(Locale.ROOT),
                            model(table, row).toLowerCase(Locale.ROOT))));
            Instant first = later(
                    request.from(),
                    table.rows().stream()
                            .map(UsageRow::from)
                            .min(Instant::compareTo)
                            .orElse(Instant.MAX));
            Instant last = table.rows().stream()
                    .map(UsageRow::to)
                    .max(Instant::compareTo)
                    .filter(end -> request.to() == null || end.isBefore(request.to()))
                    .orElse(request.to() == null ? Instant.MIN : request.to());
            return prices.prices().stream()
                    .filter(price -> used.contains(new Model(price.provider(), price.model())))
                    .flatMap(price -> Stream.of(price.effectiveFrom(), price.effectiveTo()))
                    .filter(Objects::nonNull)
                    .filter(change -> change.isAfter(first) && change.isBefore(last))
                    .distinct()
                    .sorted()
                    .toList();
        }

        private static Instant later(Instant bound, Instant instant) {
            return bound != null && bound.isAfter(instant) ? bound : instant;
        }

        /** The same question for each stretch between {@code changes}, in which prices stay. */
        List<MeterQueryRequest> pieces(List<Instant> changes) {
            List<MeterQueryRequest> pieces = new ArrayList<>();
            Instant from = request.from();
            for (Instant change : changes) {
                pieces.add(request.within(from, change));
                from = change;
            }
            pieces.add(request.within(from, request.to()));
            return pieces;
        }

        /** @param from where the piece begins; null for the beginning of its rows */
        void add(UsageTable piece, Instant from, LlmPriceHistory prices, CostSheet sheet) {
            int kept = groupBy(piece).size();
            for (UsageRow row : piece.rows()) {
                String provider = provider(piece, row);
                String model = model(piece, row);
                String tokenType = fact(piece, row, llm.tokenType(), llm.tokenTypeProperty());
                Optional<BigDecimal> cost = prices.at(provider, model, later(from, row.from()))
                        .map(LlmPrice::pricing)
                        .map(pricing -> pricing.of(tokenType));
                sheet.add(
                        row,
                        row.group().subList(0, kept),
                        cost.orElse(null),
                        "no price is known for %s tokens of %s of %s"
                                .formatted(named(tokenType), named(model), named(provider)));
            }
        }

        private static String named(String fact) {
            return fact.isEmpty() ? "(none)" : fact;
        }
    }
}
