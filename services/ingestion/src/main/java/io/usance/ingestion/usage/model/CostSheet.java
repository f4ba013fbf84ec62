package io.usance.ingestion.usage.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Usage with what it costs, while it is put together of parts that cost the same each.
 *
 * <p>Mutable and not thread-safe.
 */
public final class CostSheet {
    /** So many facts that are not known are told of one row. */
    private static final int UNKNOWN_MAX = 5;

    private final boolean isByWindow;
    private final Map<Key, Cell> cells = new HashMap<>();

    /** @param isByWindow whether parts of different windows are different rows */
    public CostSheet(boolean isByWindow) {
        this.isByWindow = isByWindow;
    }

    /** @param from null where all windows are one row */
    private record Key(Instant from, Instant to, List<String> group) {}

    private static final class Cell {
        private Instant from = Instant.MAX;
        private Instant to = Instant.MIN;
        private BigDecimal usage = BigDecimal.ZERO;
        private BigDecimal cost = BigDecimal.ZERO;
        private final TreeSet<String> unknown = new TreeSet<>();
    }

    /**
     * A row of the answer.
     *
     * @param usage sum of its parts
     * @param cost null when it is not known of some part
     * @param detail why the cost is not known; null when it is
     */
    public record Row(Instant from, Instant to, List<String> group, BigDecimal usage, BigDecimal cost, String detail) {}

    /**
     * Adds a part.
     *
     * @param group values of what the answer is grouped by
     * @param unitCost of each unit of the part; null when it is not known
     * @param unknown what to say then
     */
    public void add(UsageRow part, List<String> group, BigDecimal unitCost, String unknown) {
        Key key = isByWindow ? new Key(part.from(), part.to(), group) : new Key(null, null, group);
        Cell cell = cells.computeIfAbsent(key, fresh -> new Cell());
        cell.from = part.from().isBefore(cell.from) ? part.from() : cell.from;
        cell.to = part.to().isAfter(cell.to) ? part.to() : cell.to;
        cell.usage = cell.usage.add(part.value());
        if (unitCost == null) {
            cell.unknown.add(unknown);
        } else {
            cell.cost = cell.cost.add(part.value().multiply(unitCost));
        }
    }

    /** The rows in order. */
    public List<Row> rows() {
        return cells.entrySet().stream()
                .map(entry -> row(entry.getKey().group(), entry.getValue()))
                .sorted(Comparator.comparing(CostSheet::usageRow, UsageRow.ORDER))
                .toList();
    }

    private static UsageRow usageRow(Row row) {
        return new UsageRow(row.from(), row.to(), row.group(), row.usage());
    }

    private static Row row(List<String> group, Cell cell) {
        return cell.unknown.isEmpty()
                ? new Row(cell.from, cell.to, group, cell.usage, plain(cell.cost), null)
                : new Row(cell.from, cell.to, group, cell.usage, null, detail(cell.unknown));
    }

    private static BigDecimal plain(BigDecimal cost) {
        BigDecimal stripped = cost.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String detail(TreeSet<String> unknown) {
        String told = String.join("; ", unknown.stream().limit(UNKNOWN_MAX).toList());
        return unknown.size() <= UNKNOWN_MAX ? told : told + "; and %d more".formatted(unknown.size() - UNKNOWN_MAX);
    }
}
