package io.usance.kernel.meter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A running aggregation. The value depends only on which readings went in, not on their order nor on how they were
 * batched before {@link #merge}: the laws that let totals be kept, merged and rebuilt.
 *
 * <p>Mutable, so that folding millions of readings makes no garbage; not thread-safe.
 */
public sealed interface Tally {
    /** Digits after the point of a mean, rounded half up; zeros at the end are dropped. */
    int AVERAGE_SCALE = 18;

    /** Takes a reading in. Readings without the value that this aggregation needs are ignored. */
    void add(Reading reading);

    /**
     * Takes in everything that {@code other} took in.
     *
     * @throws IllegalArgumentException if {@code other} is of another aggregation
     */
    void merge(Tally other);

    /** The aggregated value; empty if nothing that counts went in, but 0 for counts. */
    Optional<BigDecimal> value();

    /** What it holds, for keeping; {@link #restored} takes it up again. */
    Kept kept();

    /**
     * What a tally holds.
     *
     * @param count how many readings there were; 0 for aggregations that do not need to know
     * @param number the sum, the least, the greatest or the latest number; null if there is none
     * @param latest of {@link Latest} only: where {@code number} is from
     * @param texts of {@link UniqueCount} only: the different texts
     */
    record Kept(long count, BigDecimal number, Reading latest, Set<String> texts) {
        private static Kept number(long count, BigDecimal number) {
            return new Kept(count, number, null, Set.of());
        }
    }

    /** The tally that holds {@code kept}. */
    static Tally restored(MeterAggregation aggregation, Kept kept) {
        Tally tally = of(aggregation);
        switch (tally) {
            case Count count -> count.count = kept.count();
            case Sum sum -> sum.sum = kept.number();
            case Average average -> {
                average.sum = kept.number();
                average.count = kept.count();
            }
            case Extreme extreme -> extreme.extreme = kept.number();
            case UniqueCount unique -> unique.texts.addAll(kept.texts());
            case Latest latest -> latest.latest = kept.latest();
        }
        return tally;
    }

    /** An empty tally. */
    static Tally of(MeterAggregation aggregation) {
        return switch (aggregation) {
            case COUNT -> new Count();
            case SUM -> new Sum();
            case AVG -> new Average();
            case MIN -> new Extreme(-1);
            case MAX -> new Extreme(1);
            case UNIQUE_COUNT -> new UniqueCount();
            case LATEST -> new Latest();
        };
    }

    /** How many readings there were. */
    final class Count implements Tally {
        private long count;

        @Override
        public void add(Reading reading) {
            count++;
        }

        @Override
        public void merge(Tally other) {
            count += same(Count.class, other).count;
        }

        @Override
        public Optional<BigDecimal> value() {
            return Optional.of(BigDecimal.valueOf(count));
        }

        @Override
        public Kept kept() {
            return Kept.number(count, null);
        }
    }

    /** The sum of the numbers. */
    final class Sum implements Tally {
        private BigDecimal sum;

        @Override
        public void add(Reading reading) {
            if (reading.number() != null) {
                sum = plus(sum, reading.number());
            }
        }

        @Override
        public void merge(Tally other) {
            BigDecimal others = same(Sum.class, other).sum;
            if (others != null) {
                sum = plus(sum, others);
            }
        }

        @Override
        public Optional<BigDecimal> value() {
            return Optional.ofNullable(sum);
        }

        @Override
        public Kept kept() {
            return Kept.number(0, sum);
        }
    }

    /** The sum of the numbers, divided by how many there are. */
    final class Average implements Tally {
        private BigDecimal sum;
        private long count;

        @Override
        public void add(Reading reading) {
            if (reading.number() != null) {
                sum = plus(sum, reading.number());
                count++;
            }
        }

        @Override
        public void merge(Tally other) {
            Average others = same(Average.class, other);
            if (others.sum != null) {
                sum = plus(sum, others.sum);
                count += others.count;
            }
        }

        @Override
        public Optional<BigDecimal> value() {
            if (sum == null) {
                return Optional.empty();
            }
            BigDecimal mean = sum.divide(BigDecimal.valueOf(count), AVERAGE_SCALE, RoundingMode.HALF_UP);
            return Optional.of(mean.stripTrailingZeros());
        }

        @Override
        public Kept kept() {
            return Kept.number(count, sum);
        }
    }

    /** The least or the greatest number. */
    final class Extreme implements Tally {
        // Of numbers that are equal but written differently (1.0 and 1.00) always the same one must win, so that the
        // order
        // in which they came does not show.
        private static final Comparator<BigDecimal> ORDER =
                Comparator.<BigDecimal>naturalOrder().thenComparingInt(BigDecimal::scale);

        private final int sign;
        private BigDecimal extreme;

        /** @param sign 1 for the greatest, −1 for the least */
        private Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        public void add(Reading reading) {
            offer(reading.number());
        }

        @Override
        public void merge(Tally other) {
            Extreme others = same(Extreme.class, other);
            if (others.sign != sign) {
                throw new IllegalArgumentException("cannot merge the least into the greatest or back");
            }
            offer(others.extreme);
        }

        @Override
        public Optional<BigDecimal> value() {
            return Optional.ofNullable(extreme);
        }

        @Override
        public Kept kept() {
            return Kept.number(0, extreme);
        }

        private void offer(BigDecimal number) {
            if (number != null && (extreme == null || Integer.signum(ORDER.compare(number, extreme)) == sign)) {
                extreme = number;
            }
        }
    }

    /** How many different texts there are. */
    final class UniqueCount implements Tally {
        private final Set<String> texts = new HashSet<>();

        @Override
        public void add(Reading reading) {
            if (reading.text() != null) {
                texts.add(reading.text());
            }
        }

        @Override
        public void merge(Tally other) {
            texts.addAll(same(UniqueCount.class, other).texts);
        }

        @Override
        public Optional<BigDecimal> value() {
            return Optional.of(BigDecimal.valueOf(texts.size()));
        }

        @Override
        public Kept kept() {
            return new Kept(0, null, null, Set.copyOf(texts));
        }
    }

    /** The number of the reading with the greatest time; of several, the one with the greatest source, then id. */
    final class Latest implements Tally {
        // By bytes, as the database compares with collation C; String compares supplementary characters otherwise.
        private static final Comparator<String> BYTES = (left, right) ->
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

        private static final Comparator<Reading> ORDER = Comparator.comparing(Reading::occurredAt)
                .thenComparing(Reading::source, BYTES)
                .thenComparing(Reading::id, BYTES)
                .thenComparing(Reading::number, Extreme.ORDER);

        private Reading latest;

        @Override
        public void add(Reading reading) {
            if (reading.number() != null && (latest == null || ORDER.compare(reading, latest) > 0)) {
                latest = reading;
            }
        }

        @Override
        public void merge(Tally other) {
            Reading others = same(Latest.class, other).latest;
            if (others != null) {
                add(others);
            }
        }

        @Override
        public Optional<BigDecimal> value() {
            return latest == null ? Optional.empty() : Optional.of(latest.number());
        }

        @Override
        public Kept kept() {
            return new Kept(0, latest == null ? null : latest.number(), latest, Set.of());
        }
    }

    private static BigDecimal plus(BigDecimal sum, BigDecimal number) {
        return sum == null ? number : sum.add(number);
    }

    private static <T extends Tally> T same(Class<T> type, Tally other) {
        if (!type.isInstance(other)) {
            throw new IllegalArgumentException(
                    "cannot merge " + other.getClass().getSimpleName() + " into " + type.getSimpleName());
        }
        return type.cast(other);
    }
}
