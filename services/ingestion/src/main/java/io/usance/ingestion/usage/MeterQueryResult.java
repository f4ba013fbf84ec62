package io.usance.ingestion.usage;

import io.usance.ingestion.usage.model.UsageRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link UsageTable} as JSON.
 *
 * @param from as asked for
 * @param to as asked for
 */
record MeterQueryResult(Instant from, Instant to, List<Row> data) {

    /** @param value a decimal text, exact */
    record Row(BigDecimal value, Instant from, Instant to, Map<String, String> dimensions) {}

    static MeterQueryResult of(UsageTable table) {
        UsageQuery query = table.query();
        return new MeterQueryResult(
                query.from(),
                query.to(),
                table.rows().stream().map(row -> row(query.groupBy(), row)).toList());
    }

    private static Row row(List<String> groupBy, UsageRow row) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (int i = 0; i < groupBy.size(); i++) {
            dimensions.put(groupBy.get(i), row.group().get(i));
        }
        return new Row(row.value(), row.from(), row.to(), dimensions);
    }
}
