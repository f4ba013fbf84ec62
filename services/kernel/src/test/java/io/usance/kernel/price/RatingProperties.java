package io.usance.kernel.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.RatedLine.DetailedLine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Prices.class)
@Domain(DomainContext.Global.class)
class RatingProperties {
    private static final Currency USD = Currency.iso("USD");

    @Property
    void totals_are_the_sum_of_their_details_and_never_negative(
            @ForAll Price price,
            @ForAll Terms terms,
            @ForAll("quantities") BigDecimal metered,
            @ForAll("currencies") Currency currency) {
        RatedLine line = Rating.rate(price, terms, metered, currency);

        Money left = Money.zero(currency);
        for (DetailedLine detail : line.details()) {
            left = left.plus(detail.amount()).minus(detail.discounted());
            assertThat(detail.discounted()).isLessThanOrEqualTo(detail.amount());
        }
        assertThat(line.totals().total()).isEqualTo(left);
        assertThat(line.totals()
                        .amount()
                        .plus(line.totals().charges())
                        .minus(line.totals().discounts()))
                .isEqualTo(left);
        assertThat(left.isNegative()).isFalse();
    }

    @Property
    void the_total_stays_between_minimum_and_maximum(
            @ForAll Price price, @ForAll Terms terms, @ForAll("quantities") BigDecimal metered) {
        Money total = Rating.rate(price, terms, metered, USD).totals().total();

        if (terms.minimumSpend() != null) {
            assertThat(total).isGreaterThanOrEqualTo(Money.rounded(terms.minimumSpend(), USD));
        }
        if (terms.maximumSpend() != null) {
            assertThat(total).isLessThanOrEqualTo(Money.rounded(terms.maximumSpend(), USD));
        }
    }

    @Property
    void every_unit_is_invoiced_or_free(
            @ForAll Price price, @ForAll Terms terms, @ForAll("quantities") BigDecimal metered) {
        Assume.that(terms.conversion() == null);
        RatedLine line = Rating.rate(price, terms, metered, USD);

        assertThat(line.invoicedQuantity().add(line.freeUnits())).isEqualByComparingTo(metered);
        assertThat(line.invoicedQuantity()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
        assertThat(line.freeUnits()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
    }

    @Property
    void a_unit_price_agrees_with_whole_number_arithmetic(
            @ForAll @IntRange(max = 5_000) int units,
            @ForAll @IntRange(max = 5_000) int tenthsOfACent,
            @ForAll @IntRange(max = 1_000) int freeUnits,
            @ForAll @IntRange(max = 100) int percent,
            @ForAll @IntRange(max = 100_000) int minimumCents,
            @ForAll @IntRange(max = 1_000_000) int aboveMinimumCents) {
        long billable = Math.max(0, units - freeUnits);
        long amount = halfUp(billable * tenthsOfACent, 10);
        long discounted = amount - halfUp(amount * percent, 100);
        long maximumCents = (long) minimumCents + aboveMinimumCents;
        long expected = Math.max(minimumCents, Math.min(maximumCents, discounted));

        Terms terms = new Terms(
                null,
                BigDecimal.valueOf(freeUnits),
                BigDecimal.valueOf(percent),
                BigDecimal.valueOf(minimumCents, 2),
                BigDecimal.valueOf(maximumCents, 2));
        Price price = new Price.Unit(BigDecimal.valueOf(tenthsOfACent, 3));

        assertThat(Rating.rate(price, terms, BigDecimal.valueOf(units), USD)
                        .totals()
                        .total()
                        .amount())
                .isEqualTo(BigDecimal.valueOf(expected, 2));
    }

    private static long halfUp(long dividend, long divisor) {
        return (2 * dividend + divisor) / (2 * divisor);
    }

    @Property
    void a_period_costs_the_same_in_one_bill_and_in_several(
            @ForAll Price price,
            @ForAll Terms terms,
            @ForAll("currencies") Currency currency,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 2_000) Integer> growing) {
        List<BigDecimal> soFar = new TreeSet<>(growing)
                .stream().map(tenths -> BigDecimal.valueOf(tenths, 1)).toList();
        RatedLine whole = Rating.rate(price, terms, soFar.getLast(), currency);

        List<RatedLine> bills = new ArrayList<>();
        for (int i = 0; i < soFar.size(); i++) {
            BigDecimal before = i == 0 ? null : soFar.get(i - 1);
            Piece piece = new Piece(before, soFar.get(i), i == soFar.size() - 1);
            bills.add(Rating.rate(price, terms, piece, currency));
        }

        assertThat(Totals.sum(bills.stream().map(RatedLine::totals).toList(), currency))
                .isEqualTo(whole.totals());
        assertThat(byKey(bills)).isEqualTo(byKey(List.of(whole)));
        assertThat(sum(bills.stream().map(RatedLine::rawQuantity).toList())).isEqualByComparingTo(whole.rawQuantity());
        assertThat(sum(bills.stream().map(RatedLine::invoicedQuantity).toList()))
                .isEqualByComparingTo(whole.invoicedQuantity());
        assertThat(sum(bills.stream().map(RatedLine::freeUnits).toList())).isEqualByComparingTo(whole.freeUnits());
    }

    @Property
    void what_is_due_is_the_same_when_what_was_billed_is_told(
            @ForAll Price price,
            @ForAll Terms terms,
            @ForAll("currencies") Currency currency,
            @ForAll("quantities") BigDecimal one,
            @ForAll("quantities") BigDecimal other,
            @ForAll boolean last) {
        Money billed = Rating.rate(price, terms, Piece.first(one.min(other)), currency)
                .totals()
                .total();
        Piece piece = new Piece(one.min(other), one.max(other), last);

        assertThat(Rating.rate(price, terms, piece, billed).totals().total())
                .isEqualTo(Rating.rate(price, terms, piece, currency).totals().total());
    }

    @Property
    void whatever_was_billed_before_the_bounds_are_kept(
            @ForAll Price price,
            @ForAll Terms terms,
            @ForAll("quantities") BigDecimal one,
            @ForAll("quantities") BigDecimal other,
            @ForAll @IntRange(max = 100_000) int billedCents) {
        Money billed = new Money(BigDecimal.valueOf(billedCents, 2), USD);
        Money due = Rating.rate(price, terms, Piece.last(one.min(other), one.max(other)), billed)
                .totals()
                .total();

        assertThat(due.isNegative()).isFalse();
        if (terms.minimumSpend() != null) {
            assertThat(billed.plus(due)).isGreaterThanOrEqualTo(Money.rounded(terms.minimumSpend(), USD));
        }
        if (terms.maximumSpend() != null && due.isPositive()) {
            assertThat(billed.plus(due)).isLessThanOrEqualTo(Money.rounded(terms.maximumSpend(), USD));
        }
    }

    private record Share(BigDecimal quantity, Totals totals) {
        Share plus(Share other) {
            return new Share(quantity.add(other.quantity).stripTrailingZeros(), totals.plus(other.totals));
        }
    }

    /** What was billed under each key, over all bills. */
    private static Map<String, Share> byKey(List<RatedLine> bills) {
        return bills.stream()
                .flatMap(bill -> bill.details().stream())
                .collect(Collectors.toMap(
                        DetailedLine::key,
                        detail -> new Share(detail.quantity().stripTrailingZeros(), detail.totals()),
                        Share::plus));
    }

    private static BigDecimal sum(List<BigDecimal> quantities) {
        return quantities.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Property
    void more_usage_never_costs_less_but_where_a_volume_price_enters_a_cheaper_tier(
            @ForAll Price price,
            @ForAll Terms terms,
            @ForAll("currencies") Currency currency,
            @ForAll("quantities") BigDecimal one,
            @ForAll("quantities") BigDecimal other) {
        BigDecimal less = one.min(other);
        BigDecimal more = one.max(other);
        Assume.that(!(price instanceof Price.Volume volume)
                || tierOf(volume, billable(terms, less)).equals(tierOf(volume, billable(terms, more))));

        assertThat(Rating.rate(price, terms, more, currency).totals().total())
                .isGreaterThanOrEqualTo(
                        Rating.rate(price, terms, less, currency).totals().total());
    }

    private static BigDecimal billable(Terms terms, BigDecimal metered) {
        BigDecimal converted =
                terms.conversion() == null ? metered : terms.conversion().convert(metered);
        return terms.freeUnits() == null
                ? converted
                : converted.subtract(terms.freeUnits()).max(BigDecimal.ZERO);
    }

    private static Tier tierOf(Price.Volume price, BigDecimal quantity) {
        return price.tiers().stream()
                .filter(tier -> tier.upTo() == null || quantity.compareTo(tier.upTo()) <= 0)
                .findFirst()
                .orElseThrow();
    }

    @Property
    void with_all_of_it_off_only_the_minimum_is_left(
            @ForAll Price price,
            @ForAll Terms terms,
            @ForAll("quantities") BigDecimal metered,
            @ForAll("currencies") Currency currency) {
        Terms free = new Terms(
                terms.conversion(),
                terms.freeUnits(),
                BigDecimal.valueOf(100),
                terms.minimumSpend(),
                terms.maximumSpend());

        assertThat(Rating.rate(price, free, metered, currency).totals().total())
                .isEqualTo(
                        terms.minimumSpend() == null
                                ? Money.zero(currency)
                                : Money.rounded(terms.minimumSpend(), currency));
    }

    @Provide
    Arbitrary<BigDecimal> quantities() {
        return Arbitraries.oneOf(
                Arbitraries.bigIntegers()
                        .between(BigInteger.ZERO, BigInteger.valueOf(2_000))
                        .map(BigDecimal::new),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, BigDecimal.valueOf(2_000))
                        .ofScale(4));
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.oneOf(
                Arbitraries.of("USD", "JPY", "KWD").map(Currency::iso),
                Arbitraries.integers().between(0, Currency.DIGITS_MAX).map(digits -> new Currency("CREDITS", digits)));
    }
}
