package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ProrationProperties {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private static final Currency USD = Currency.iso("USD");

    @Property
    void it_agrees_with_whole_number_arithmetic(
            @ForAll @IntRange(max = 100_000) int cents,
            @ForAll @IntRange(min = 1, max = 3_000_000) int wholeSeconds,
            @ForAll @IntRange(min = 1, max = 3_000_000) int seconds) {
        int partSeconds = Math.min(seconds, wholeSeconds);
        // Twice as much, so that the half cent that rounds up is a whole number.
        long expected = (2L * cents * partSeconds + wholeSeconds) / (2L * wholeSeconds);

        Money part = Proration.prorate(money(cents), seconds(0, partSeconds), seconds(0, wholeSeconds));

        assertThat(part).isEqualTo(money(expected));
    }

    @Property
    void the_parts_of_a_period_cost_what_the_whole_costs_but_for_the_rounding_of_each(
            @ForAll @IntRange(max = 100_000) int cents,
            @ForAll @IntRange(min = 1_000, max = 3_000_000) int wholeSeconds,
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 999) Integer> cuts) {
        TreeSet<Integer> bounds = new TreeSet<>(cuts);
        bounds.add(0);
        bounds.add(wholeSeconds);
        List<Integer> at = List.copyOf(bounds);

        Money sum = IntStream.range(1, at.size())
                .mapToObj(i ->
                        Proration.prorate(money(cents), seconds(at.get(i - 1), at.get(i)), seconds(0, wholeSeconds)))
                .reduce(Money.zero(USD), Money::plus);

        BigDecimal halfACentEach = new BigDecimal("0.005").multiply(BigDecimal.valueOf(at.size() - 1L));
        assertThat(sum.minus(money(cents)).amount().abs()).isLessThanOrEqualTo(halfACentEach);
    }

    private static Money money(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2), USD);
    }

    private static Period seconds(long from, long to) {
        return new Period(START.plusSeconds(from), START.plusSeconds(to));
    }
}
