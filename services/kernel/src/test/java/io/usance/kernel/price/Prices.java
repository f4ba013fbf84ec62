package io.usance.kernel.price;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Prices and terms, by hand and at random. */
final class Prices extends DomainContextBase {

    static Tier tier(String upTo, String flatPrice, String unitPrice) {
        return new Tier(decimal(upTo), decimal(flatPrice), decimal(unitPrice));
    }

    static Price unit(String amount) {
        return new Price.Unit(decimal(amount));
    }

    static Price graduated(Tier... tiers) {
        return new Price.Graduated(List.of(tiers));
    }

    static Price volume(Tier... tiers) {
        return new Price.Volume(List.of(tiers));
    }

    static BigDecimal decimal(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    @Provide
    Arbitrary<Price> prices() {
        return Arbitraries.oneOf(
                Arbitraries.just(new Price.Free()),
                amounts(100).map(Price.Flat::new),
                amounts(10).map(Price.Unit::new),
                tiers().map(Price.Graduated::new),
                tiers().map(Price.Volume::new));
    }

    @Provide
    Arbitrary<Price.Graduated> graduated() {
        return tiers().map(Price.Graduated::new);
    }

    @Provide
    Arbitrary<Price.Volume> volume() {
        return tiers().map(Price.Volume::new);
    }

    @Provide
    Arbitrary<Terms> terms() {
        Arbitrary<BigDecimal> percentages =
                Arbitraries.of("0", "0.5", "10", "33.333", "99.9", "100").map(BigDecimal::new);
        return Combinators.combine(
                        conversions().injectNull(0.5),
                        amounts(200).injectNull(0.5),
                        percentages.injectNull(0.5),
                        amounts(200).injectNull(0.5),
                        amounts(400).injectNull(0.5))
                .as((conversion, freeUnits, percentage, minimum, aboveMinimum) ->
                        new Terms(conversion, freeUnits, percentage, minimum, maximum(minimum, aboveMinimum)));
    }

    private static BigDecimal maximum(BigDecimal minimum, BigDecimal above) {
        return minimum == null || above == null ? above : minimum.add(above);
    }

    @Provide
    Arbitrary<UnitConversion> conversions() {
        return Combinators.combine(
                        Arbitraries.of(UnitConversion.Operation.class),
                        Arbitraries.of("0.001", "0.75", "1", "3", "7", "20", "1000")
                                .map(BigDecimal::new),
                        Arbitraries.of(UnitConversion.Rounding.class),
                        Arbitraries.integers().between(0, 3))
                .as(UnitConversion::new);
    }

    /** 1 to 5 tiers whose bounds may have a fraction. */
    private static Arbitrary<List<Tier>> tiers() {
        Arbitrary<BigDecimal> prices = amounts(10);
        Arbitrary<Tier> open = Arbitraries.oneOf(
                prices.map(flat -> new Tier(null, flat, null)),
                prices.map(unit -> new Tier(null, null, unit)),
                Combinators.combine(prices, prices).as((flat, unit) -> new Tier(null, flat, unit)));
        return Combinators.combine(bounds(), open.list().ofSize(5)).as(Prices::bounded);
    }

    private static List<Tier> bounded(List<BigDecimal> bounds, List<Tier> open) {
        List<Tier> tiers = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            tiers.add(
                    new Tier(bounds.get(i), open.get(i).flatPrice(), open.get(i).unitPrice()));
        }
        tiers.add(open.getLast());
        return tiers;
    }

    private static Arbitrary<List<BigDecimal>> bounds() {
        return Arbitraries.integers()
                .between(1, 1_200)
                .map(quarters -> BigDecimal.valueOf(quarters * 25L, 2))
                .set()
                .ofMaxSize(4)
                .map(bounds -> List.copyOf(new TreeSet<>(bounds)));
    }

    private static Arbitrary<BigDecimal> amounts(int max) {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(max))
                .ofScale(3);
    }
}
