package io.usance.ingestion.total.model;

import io.usance.kernel.meter.Granularity;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.time.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a range is put together: spans that totals are read for, which follow one another, and what is left before and after
 * them, for which raw events are read. Together they are the range.
 *
 * @param spans in order; each is whole stretches of its level
 * @param edges 0 to 2
 */
public record Cover(List<Span> spans, List<Period> edges) {

    /** @param period starts and ends with stretches of {@code level} */
    public record Span(Level level, Period period) {}

    /**
     * Covers a range with the widest stretches that fit.
     *
     * @param range its edges may be open as far as events may be
     * @param levels the widest first; none leaves everything to raw events
     */
    public static Cover of(Period range, List<Level> levels) {
        Cover cover = new Cover(new ArrayList<>(), new ArrayList<>());
        cover.add(range.start(), range.end(), levels);
        return cover;
    }

    private void add(Instant from, Instant to, List<Level> levels) {
        if (!from.isBefore(to)) {
            return;
        }
        if (levels.isEmpty()) {
            edges.add(new Period(from, to));
            return;
        }
        List<Level> narrower = levels.subList(1, levels.size());
        Instant start = levels.getFirst().ceiling(from);
        Instant end = levels.getFirst().floor(to);
        if (start.isBefore(end)) {
            add(from, start, narrower);
            spans.add(new Span(levels.getFirst(), new Period(start, end)));
            add(end, to, narrower);
        } else {
            add(from, to, narrower);
        }
    }

    /** What the spans reach over; empty if there are none. */
    public Optional<Period> reach() {
        return spans.isEmpty()
                ? Optional.empty()
                : Optional.of(new Period(
                        spans.getFirst().period().start(),
                        spans.getLast().period().end()));
    }

    /**
     * The levels that can answer a question, the widest first: those of which no stretch in {@code range} lies in two windows.
     *
     * @param bySubject whether totals of single subjects are wanted, of which the narrowest are not kept
     * @param granularity null for a single window
     */
    public static List<Level> levels(
            MeterAggregation aggregation, boolean bySubject, Granularity granularity, ZoneId zone, Period range) {
        return List.of(Level.DAY, Level.QUARTER, Level.MINUTE).stream()
                .filter(level -> isKept(level, aggregation, bySubject))
                .filter(level -> granularity == null || nests(level, granularity, zone, range))
                .toList();
    }

    /**
     * Whether totals of that width are kept. Different values are kept by the day alone, since they are many; and a subject's
     * minutes are hardly fewer than its events.
     */
    public static boolean isKept(Level level, MeterAggregation aggregation, boolean bySubject) {
        return switch (level) {
            case DAY -> true;
            case QUARTER -> aggregation != MeterAggregation.UNIQUE_COUNT;
            case MINUTE -> aggregation != MeterAggregation.UNIQUE_COUNT && !bySubject;
        };
    }

    private static boolean nests(Level level, Granularity granularity, ZoneId zone, Period range) {
        boolean isNarrower =
                switch (granularity) {
                    case MINUTE -> level == Level.MINUTE;
                    case HOUR -> level != Level.DAY;
                    case DAY, MONTH -> true;
                };
        return isNarrower && isAligned(zone.getRules(), level, range);
    }

    /** Whether in {@code range} the zone's clock is whole stretches away from UTC, and changes between stretches only. */
    private static boolean isAligned(ZoneRules rules, Level level, Period range) {
        if (!isWhole(rules.getOffset(range.start()), level)) {
            return false;
        }
        ZoneOffsetTransition change = rules.nextTransition(range.start());
        while (change != null && change.getInstant().isBefore(range.end())) {
            if (!isWhole(change.getOffsetAfter(), level)
                    || !level.floor(change.getInstant()).equals(change.getInstant())) {
                return false;
            }
            change = rules.nextTransition(change.getInstant());
        }
        return true;
    }

    private static boolean isWhole(ZoneOffset offset, Level level) {
        return offset.getTotalSeconds() % level.seconds() == 0;
    }
}
