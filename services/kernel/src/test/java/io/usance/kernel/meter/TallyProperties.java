package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TallyProperties {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 1_000)
    void it_agrees_with_looking_at_all_readings_at_once(
            @ForAll MeterAggregation aggregation, @ForAll("readings") List<Reading> readings) {
        assertSame(fold(aggregation, readings).value(), naively(aggregation, readings));
    }

    @Property(tries = 1_000)
    void neither_order_nor_batches_show_in_the_value(
            @ForAll MeterAggregation aggregation, @ForAll("readings") List<Reading> readings, @ForAll Random random) {
        List<Reading> shuffled = new ArrayList<>(readings);
        Collections.shuffle(shuffled, random);
        List<Tally> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = from + 1 + random.nextInt(shuffled.size() - from);
            batches.add(fold(aggregation, shuffled.subList(from, to)));
            from = to;
        }
        batches.add(Tally.of(aggregation));

        // Equal with all digits, not in size only: 1.0 must not become 1.00 by another order.
        assertThat(mergedInAnyOrder(batches, random).value())
                .isEqualTo(fold(aggregation, readings).value());
    }

    @Property(tries = 500)
    void what_is_kept_goes_on_as_if_nothing_had_happened(
            @ForAll MeterAggregation aggregation,
            @ForAll("readings") List<Reading> before,
            @ForAll("readings") List<Reading> after) {
        Tally restored = Tally.restored(aggregation, fold(aggregation, before).kept());
        after.forEach(restored::add);

        List<Reading> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(restored.value()).isEqualTo(fold(aggregation, all).value());
    }

    private static Tally mergedInAnyOrder(List<Tally> batches, Random random) {
        while (batches.size() > 1) {
            Tally one = batches.remove(random.nextInt(batches.size()));
            batches.get(random.nextInt(batches.size())).merge(one);
        }
        return batches.getFirst();
    }

    @Property(tries = 500)
    void what_is_merged_stays_as_it_was(
            @ForAll MeterAggregation aggregation,
            @ForAll("readings") List<Reading> readings,
            @ForAll("readings") List<Reading> others) {
        Tally merged = fold(aggregation, others);

        Tally tally = fold(aggregation, readings);
        tally.merge(merged);
        readings.forEach(tally::add);

        assertSame(merged.value(), naively(aggregation, others));
    }

    private static Tally fold(MeterAggregation aggregation, List<Reading> readings) {
        Tally tally = Tally.of(aggregation);
        readings.forEach(tally::add);
        return tally;
    }

    /** Works on 10⁻⁶ units in whole numbers, the finest that {@link #readings} makes. */
    private static Optional<BigDecimal> naively(MeterAggregation aggregation, List<Reading> readings) {
        List<BigInteger> millionths = readings.stream()
                .filter(reading -> reading.number() != null)
                .map(reading -> reading.number().movePointRight(6).toBigIntegerExact())
                .toList();
        BigInteger sum = millionths.stream().reduce(BigInteger.ZERO, BigInteger::add);
        Optional<BigInteger> result =
                switch (aggregation) {
                    case COUNT -> Optional.of(BigInteger.valueOf(readings.size() * 1_000_000L));
                    case UNIQUE_COUNT -> Optional.of(BigInteger.valueOf(distinctTexts(readings) * 1_000_000L));
                    case SUM -> millionths.isEmpty() ? Optional.empty() : Optional.of(sum);
                    case MIN -> millionths.stream().min(BigInteger::compareTo);
                    case MAX -> millionths.stream().max(BigInteger::compareTo);
                    case LATEST ->
                        latest(readings).map(value -> value.movePointRight(6).toBigIntegerExact());
                    case AVG -> {
                        if (millionths.isEmpty()) {
                            yield Optional.empty();
                        }
                        BigDecimal mean = new BigDecimal(sum, 6)
                                .divide(BigDecimal.valueOf(millionths.size()), 18, RoundingMode.HALF_UP);
                        yield Optional.of(mean.unscaledValue());
                    }
                };
        return result.map(value -> new BigDecimal(value, aggregation == MeterAggregation.AVG ? 18 : 6));
    }

    private static int distinctTexts(List<Reading> readings) {
        TreeSet<String> texts = new TreeSet<>();
        for (Reading reading : readings) {
            if (reading.text() != null) {
                texts.add(reading.text());
            }
        }
        return texts.size();
    }

    private static Optional<BigDecimal> latest(List<Reading> readings) {
        List<Reading> candidates = new ArrayList<>(readings);
        candidates.removeIf(reading -> reading.number() == null);
        candidates.sort((left, right) -> {
            int byTime = left.occurredAt().compareTo(right.occurredAt());
            int bySource = Arrays.compareUnsigned(bytes(left.source()), bytes(right.source()));
            int byId = Arrays.compareUnsigned(bytes(left.id()), bytes(right.id()));
            return byTime != 0 ? byTime : bySource != 0 ? bySource : byId;
        });
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.getLast().number());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertSame(Optional<BigDecimal> actual, Optional<BigDecimal> expected) {
        assertThat(actual.isPresent()).isEqualTo(expected.isPresent());
        actual.ifPresent(value -> assertThat(value).isEqualByComparingTo(expected.orElseThrow()));
    }

    /** Few different times, sources and numbers, so that there are many ties; the identities differ. */
    @Provide
    Arbitrary<List<Reading>> readings() {
        Arbitrary<BigDecimal> numbers = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000000"), new BigDecimal("1000000"))
                .ofScale(6)
                .injectNull(0.1);
        Arbitrary<BigDecimal> roundNumbers =
                Arbitraries.of("1", "1.0", "1.00", "-2.50", "0").map(BigDecimal::new);
        return Combinators.combine(
                        Arbitraries.oneOf(numbers, roundNumbers),
                        Arbitraries.of("ann", "bob", "cem", "1", "1.0").injectNull(0.1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of("a", "b", "\uD83D\uDE00", "\uFF5E"),
                        Arbitraries.strings().alpha().ofLength(3))
                .as((number, text, second, source, id) ->
                        new Reading(number, text, NOON.plusSeconds(second), source, id))
                .list()
                .ofMaxSize(30)
                .uniqueElements(reading -> List.of(reading.source(), reading.id()));
    }
}
