package io.usance.bench;

import io.usance.kernel.money.Currency;
import io.usance.kernel.price.Price;
import io.usance.kernel.price.RatedLine;
import io.usance.kernel.price.Rating;
import io.usance.kernel.price.Terms;
import io.usance.kernel.price.Tier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How often a line with ten tiers is rated in a second by one thread; the quantity reaches the last tier. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class RatingBenchmark {
    private static final Currency DOLLAR = Currency.iso("USD");
    private static final int TIERS = 10;

    @Param({"graduated", "volume"})
    String model;

    private Price price;
    private BigDecimal quantity;

    /** Ten tiers of a thousand units each, the last one open. */
    @Setup
    public void prepare() {
        List<Tier> tiers = new ArrayList<>();
        for (int i = 1; i <= TIERS; i++) {
            BigDecimal upTo = i == TIERS ? null : BigDecimal.valueOf(1_000L * i);
            tiers.add(new Tier(upTo, null, new BigDecimal("0.0123").subtract(BigDecimal.valueOf(i, 4))));
        }
        price = model.equals("volume") ? new Price.Volume(tiers) : new Price.Graduated(tiers);
        quantity = new BigDecimal("9876.54321");
    }

    @Benchmark
    public RatedLine rate() {
        return Rating.rate(price, Terms.NONE, quantity, DOLLAR);
    }
}
