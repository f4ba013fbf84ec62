package io.usance.ingestion.total.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Tally;
import io.usance.kernel.meter.Total;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TotalsProperties {
    private static final Instant START = Instant.parse("2026-03-28T23:50:00Z");

    record Entry(String subject, String model, Reading reading) {}

    /** What is kept of a total, and so what is written. */
    record Written(Tally.Kept kept, Instant first, Instant last) {}

    @Property(tries = 10_000)
    void any_order_and_any_batching_give_the_same_totals(
            @ForAll MeterAggregation aggregation, @ForAll("entries") List<Entry> entries, @ForAll Random random) {
        List<Entry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, random);
        Map<Totals.Key, Total> merged = new HashMap<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = from + 1 + random.nextInt(shuffled.size() - from);
            totals(aggregation, shuffled.subList(from, to))
                    .forEach((key, total) -> merged.computeIfAbsent(key, fresh -> Total.of(aggregation))
                            .merge(total));
            from = to;
        }
        assertThat(written(merged)).isEqualTo(written(totals(aggregation, entries)));
    }

    @Property
    void each_width_holds_every_reading_once_for_its_subject_and_once_for_all(@ForAll("entries") List<Entry> entries) {
        Map<Totals.Key, Total> totals = totals(MeterAggregation.COUNT, entries);
        for (Level level : Level.values()) {
            assertThat(count(totals, level, true)).isEqualTo(entries.size());
            assertThat(count(totals, level, false)).isEqualTo(level == Level.MINUTE ? 0 : entries.size());
        }
    }

    private static long count(Map<Totals.Key, Total> totals, Level level, boolean all) {
        return totals.entrySet().stream()
                .filter(entry -> entry.getKey().level() == level)
                .filter(entry -> entry.getKey().subject().equals(Totals.ALL_SUBJECTS) == all)
                .mapToLong(entry -> entry.getValue().kept().count())
                .sum();
    }

    private static Map<Totals.Key, Total> totals(MeterAggregation aggregation, List<Entry> entries) {
        Totals totals = new Totals(aggregation);
        entries.forEach(entry -> totals.add(entry.subject(), List.of(entry.model()), entry.reading()));
        return totals.totals();
    }

    private static Map<Totals.Key, Written> written(Map<Totals.Key, Total> totals) {
        Map<Totals.Key, Written> written = new HashMap<>();
        totals.forEach((key, total) -> written.put(key, new Written(total.kept(), total.first(), total.last())));
        return written;
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<BigDecimal> numbers = Arbitraries.of(
                        "1", "1.0", "1.00", "-3.5", "0", "12345678901234567890.123456789")
                .map(BigDecimal::new);
        Arbitrary<Reading> readings = Combinators.combine(
                        numbers,
                        Arbitraries.longs().between(0, 40 * 60),
                        Arbitraries.integers().between(0, 1_000_000))
                .as((number, second, id) -> new Reading(
                        number, number.toPlainString(), START.plusSeconds(second), "source", String.valueOf(id)));
        return Combinators.combine(Arbitraries.of("ann", "bob"), Arbitraries.of("x", "y", ""), readings)
                .as(Entry::new)
                .list()
                .ofMaxSize(12);
    }
}
