package io.usance.kernel.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Splits amounts so that nothing is lost. */
public final class Allocation {
    public static final int WEIGHTS_MAX = 10_000;

    /**
     * A part in minor units, and what rounding it down cut off, in fractions of a minor unit over the sum of weights.
     */
    private record Share(BigInteger units, BigInteger remainder) {}

    /**
     * Splits {@code whole} over {@code weights} so that the parts sum exactly to it. Each part is its exact share,
     * rounded down or up to a minor unit; of a negative amount each part is the negative of what the positive one
     * gives.
     *
     * @param weights 1 to {@value #WEIGHTS_MAX} values, each ≥ 0, at least one > 0; dimensionless
     * @return one part per weight, in their order; leftover minor units go to the largest remainders, ties to the
     *     earlier
     * @throws IllegalArgumentException if there are no weights, too many, a negative one, or only zeros
     */
    public static List<Money> split(Money whole, List<BigDecimal> weights) {
        List<BigInteger> ratio = asIntegers(weights);
        BigInteger sum = ratio.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() == 0) {
            throw new IllegalArgumentException("at least one weight must be greater than 0");
        }
        BigInteger units = whole.amount().unscaledValue().abs();
        List<Share> shares =
                ratio.stream().map(weight -> share(units, weight, sum)).toList();

        BigInteger handedOut = shares.stream().map(Share::units).reduce(BigInteger.ZERO, BigInteger::add);
        Set<Integer> oneMore =
                largestRemainders(shares, units.subtract(handedOut).intValueExact());
        return IntStream.range(0, shares.size())
                .mapToObj(i -> oneMore.contains(i)
                        ? shares.get(i).units().add(BigInteger.ONE)
                        : shares.get(i).units())
                .map(part -> inMoney(part, whole))
                .toList();
    }

    private static List<BigInteger> asIntegers(List<BigDecimal> weights) {
        if (weights.isEmpty() || weights.size() > WEIGHTS_MAX) {
            throw new IllegalArgumentException("there must be 1 to " + WEIGHTS_MAX + " weights: " + weights.size());
        }
        if (weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException("weights must not be negative");
        }
        int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElseThrow();
        return weights.stream()
                .map(weight -> weight.setScale(scale).unscaledValue())
                .toList();
    }

    private static Share share(BigInteger units, BigInteger weight, BigInteger sum) {
        BigInteger[] quotientAndRemainder = units.multiply(weight).divideAndRemainder(sum);
        return new Share(quotientAndRemainder[0], quotientAndRemainder[1]);
    }

    /** Fewer shares than have a remainder are asked for, so that a weight of zero never gets anything. */
    private static Set<Integer> largestRemainders(List<Share> shares, int count) {
        return new HashSet<>(IntStream.range(0, shares.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> shares.get(i).remainder())
                        .reversed())
                .limit(count)
                .toList());
    }

    private static Money inMoney(BigInteger units, Money whole) {
        BigInteger signed = whole.amount().signum() < 0 ? units.negate() : units;
        return new Money(new BigDecimal(signed, whole.amount().scale()), whole.currency());
    }

    private Allocation() {}
}
