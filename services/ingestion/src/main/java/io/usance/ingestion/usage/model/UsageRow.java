package io.usance.ingestion.usage.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One line of an answer about usage.
 *
 * @param from inclusive
 * @param to exclusive
 * @param group values of what was grouped by, in its order
 */
public record UsageRow(Instant from, Instant to, List<String> group, BigDecimal value) {
    /** By time, then by group. */
    public static final Comparator<UsageRow> ORDER = Comparator.comparing(UsageRow::from)
            .thenComparing(UsageRow::to)
            .thenComparing(UsageRow::group, UsageRow::compare);

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
