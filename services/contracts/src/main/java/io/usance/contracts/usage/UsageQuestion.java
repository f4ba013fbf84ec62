package io.usance.contracts.usage;

import io.usance.contracts.catalog.DimensionFilterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Invoicing's question to ingestion: one total for each line.
 *
 * @param lines 1 to {@value #LINES_MAX}
 */
public record UsageQuestion(List<Line> lines) {
    public static final int LINES_MAX = 1_000;

    /**
     * @param meterId ULID
     * @param subjects event subjects to count, 1 or more
     * @param filters dimension name to condition; null for none
     * @param from inclusive
     * @param to exclusive
     */
    public record Line(
            String meterId,
            List<String> subjects,
            Map<String, DimensionFilterSpec> filters,
            Instant from,
            Instant to) {}
}
