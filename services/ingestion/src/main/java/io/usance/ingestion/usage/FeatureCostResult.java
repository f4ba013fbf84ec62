package io.usance.ingestion.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.usance.ingestion.usage.model.CostSheet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What usage of a feature cost.
 *
 * @param from as asked for
 * @param to as asked for
 */
record FeatureCostResult(Instant from, Instant to, List<Row> data) {
    /** Providers' prices and unit costs are kept in it. */
    private static final String CURRENCY = "USD";

    /**
     * @param usage a decimal text, exact
     * @param cost a decimal text, exact; null when it is not known
     * @param detail why it is not known
     */
    record Row(
            BigDecimal usage,
            @JsonInclude(JsonInclude.Include.ALWAYS) BigDecimal cost,
            String currency,
            String detail,
            Instant from,
            Instant to,
            Map<String, String> dimensions) {}

    /** @param groupBy names of the groups' values */
    static FeatureCostResult of(MeterQueryRequest request, List<String> groupBy, List<CostSheet.Row> rows) {
        return new FeatureCostResult(
                request.from(),
                request.to(),
                rows.stream().map(row -> row(request, groupBy, row)).toList());
    }

    /** Without windows a row covers what was asked for, also where only a part of that has usage. */
    private static Row row(MeterQueryRequest request, List<String> groupBy, CostSheet.Row row) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (int i = 0; i < groupBy.size(); i++) {
            dimensions.put(groupBy.get(i), row.group().get(i));
        }
        boolean isWhole = request.granularity() == null;
        return new Row(
                row.usage(),
                row.cost(),
                CURRENCY,
                row.detail(),
                isWhole && request.from() != null ? request.from() : row.from(),
                isWhole && request.to() != null ? request.to() : row.to(),
                dimensions);
    }
}
