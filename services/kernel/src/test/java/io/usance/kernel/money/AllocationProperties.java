package io.usance.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AllocationProperties {
    private static final Currency USD = Currency.iso("USD");

    @Property
    void nothing_is_lost(@ForAll("amounts") Money whole, @ForAll("weights") List<BigDecimal> weights) {
        Money sum = Allocation.split(whole, weights).stream().reduce(Money.zero(USD), Money::plus);

        assertThat(sum).isEqualTo(whole);
    }

    @Property
    void every_part_is_less_than_a_cent_from_its_exact_share(
            @ForAll("amounts") Money whole, @ForAll("weights") List<BigDecimal> weights) {
        BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Money> parts = Allocation.split(whole, weights);

        for (int i = 0; i < parts.size(); i++) {
            BigDecimal offTimesSum = parts.get(i)
                    .amount()
                    .multiply(sum)
                    .subtract(whole.amount().multiply(weights.get(i)))
                    .abs();
            assertThat(offTimesSum).isLessThan(sum.movePointLeft(2));
        }
    }

    @Property
    void it_agrees_with_handing_out_cent_by_cent_to_whoever_lacks_most(
            @ForAll @IntRange(max = 300) int cents, @ForAll("smallWeights") List<Integer> weights) {
        Money whole = new Money(BigDecimal.valueOf(cents, 2), USD);

        List<Money> parts = Allocation.split(
                whole, weights.stream().map(BigDecimal::valueOf).toList());

        assertThat(parts.stream()
                        .map(part -> part.amount().unscaledValue().intValueExact())
                        .toList())
                .isEqualTo(handedOut(cents, weights));
    }

    private static List<Integer> handedOut(int cents, List<Integer> weights) {
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        int[] given = new int[weights.size()];
        for (int cent = 0; cent < cents; cent++) {
            int neediest = 0;
            for (int i = 1; i < given.length; i++) {
                if (lack(cents, weights.get(i), sum, given[i])
                        > lack(cents, weights.get(neediest), sum, given[neediest])) {
                    neediest = i;
                }
            }
            given[neediest]++;
        }
        return IntStream.of(given).boxed().toList();
    }

    private static int lack(int cents, int weight, int sum, int given) {
        return cents * weight - given * sum;
    }

    @Provide
    Arbitrary<Money> amounts() {
        return Arbitraries.longs()
                .between(-100_000_000_000L, 100_000_000_000L)
                .map(cents -> new Money(BigDecimal.valueOf(cents, 2), USD));
    }

    @Provide
    Arbitrary<List<BigDecimal>> weights() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("1000000"))
                .ofScale(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .filter(weights -> weights.stream().anyMatch(weight -> weight.signum() > 0));
    }

    @Provide
    Arbitrary<List<Integer>> smallWeights() {
        return Arbitraries.integers()
                .between(0, 50)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .filter(weights -> weights.stream().anyMatch(weight -> weight > 0));
    }
}
