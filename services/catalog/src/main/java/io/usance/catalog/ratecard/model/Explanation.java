package io.usance.catalog.ratecard.model;

import io.usance.contracts.catalog.RateCard;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.Piece;
import io.usance.kernel.price.Price;
import io.usance.kernel.price.RatedLine;
import io.usance.kernel.price.RatedLine.Category;
import io.usance.kernel.price.RatedLine.DetailedLine;
import io.usance.kernel.price.RatedLine.Discount;
import io.usance.kernel.price.Terms;
import io.usance.kernel.price.Tier;
import io.usance.kernel.price.UnitConversion;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arithmetic behind a rated line in words, a sentence for each step. */
public final class Explanation {
    private static final Pattern TIER = Pattern.compile("(?:graduated|volume)-tier-(\\d+)-.*");

    private final RateCard card;
    private final Price price;
    private final Terms terms;
    private final Piece piece;
    private final RatedLine line;
    private final List<String> steps = new ArrayList<>();

    private Explanation(RateCard card, Price price, Terms terms, Piece piece, RatedLine line) {
        this.card = card;
        this.price = price;
        this.terms = terms;
        this.piece = piece;
        this.line = line;
    }

    /**
     * The steps that lead to {@code line}, in their order, e.g. {@code 5,000 × 0.2 = 1,000.00 USD}.
     *
     * @param billed what earlier bills of the period came to, if that was told; else null
     */
    public static List<String> of(
            RateCard card, Price price, Terms terms, Piece piece, BigDecimal billed, RatedLine line) {
        Explanation explanation = new Explanation(card, price, terms, piece, line);
        if (price.isUsageBased()) {
            explanation.metered();
            explanation.converted();
            explanation.free();
        }
        explanation.billedBefore(billed);
        explanation.parts();
        explanation.due();
        return List.copyOf(explanation.steps);
    }

    private void metered() {
        say("%s metered.", units(line.rawQuantity(), "unit was", "units were"));
        if (piece.before() != null) {
            say(
                    "With the %s before in the period: %s. What follows is the bill for that, less the bill for the %s.",
                    number(piece.before()), number(piece.soFar()), number(piece.before()));
        }
    }

    private void converted() {
        UnitConversion conversion = terms.conversion();
        if (conversion == null) {
            return;
        }
        boolean divides = conversion.operation() == UnitConversion.Operation.DIVIDE;
        BigDecimal exact = new UnitConversion(
                        conversion.operation(), conversion.factor(), UnitConversion.Rounding.NONE, 0)
                .convert(piece.soFar());
        BigDecimal rounded = conversion.convert(piece.soFar());
        String unit = card.unitConfig().displayUnit();
        say(
                "Converted: %s %s %s = %s%s%s.",
                number(piece.soFar()),
                divides ? "÷" : "×",
                number(conversion.factor()),
                number(exact),
                exact.compareTo(rounded) == 0 ? "" : ", " + rounding(conversion.rounding()) + " to " + number(rounded),
                unit == null ? "" : " " + unit);
    }

    private static String rounding(UnitConversion.Rounding rounding) {
        return switch (rounding) {
            case NONE, HALF_UP -> "rounded";
            case CEILING -> "rounded up";
            case FLOOR -> "rounded down";
        };
    }

    private void free() {
        if (terms.freeUnits() == null || terms.freeUnits().signum() == 0) {
            return;
        }
        say(
                "The first %s of the period are free: %s of these cost nothing, and %s left to pay.",
                number(terms.freeUnits()), number(line.freeUnits()), units(line.invoicedQuantity(), "is", "are"));
    }

    private void billedBefore(BigDecimal billed) {
        if (billed != null && billed.signum() > 0) {
            say("Earlier bills of the period came to %s; minimum and maximum go by that.", number(billed));
        }
    }

    private void parts() {
        if (price instanceof Price.Free) {
            say("It is free.");
        } else if (!piece.last() && price.needsWholePeriod()) {
            say("A volume price is billed when the period is over, because only then its tier is known.");
        } else if (line.details().isEmpty()) {
            say("Nothing is added.");
        }
        line.details().forEach(this::part);
        if (!piece.last()
                && terms.minimumSpend() != null
                && terms.minimumSpend().signum() > 0) {
            say("Whether the minimum of %s is reached is asked when the period is over.", number(terms.minimumSpend()));
        }
    }

    private void part(DetailedLine part) {
        if (part.category() == Category.COMMITMENT) {
            say("%s more, up to the minimum of %s.", money(part.amount()), number(terms.minimumSpend()));
            return;
        }
        Money alone = Money.rounded(
                part.quantity().multiply(part.unitPrice()), part.amount().currency());
        boolean isSum = alone.equals(part.amount());
        say(
                "%s: %s × %s = %s%s.",
                name(part.key()),
                number(part.quantity()),
                number(part.unitPrice()),
                money(part.amount()),
                isSum ? "" : ", rounded so that the parts of the period add up");
        part.discounts().forEach(discount -> discount(part, discount));
    }

    private void discount(DetailedLine part, Discount discount) {
        switch (discount.reason()) {
            case RATECARD_PERCENTAGE ->
                say(
                        "%s %% off %s: %s less.",
                        number(terms.percentageDiscount()), money(part.amount()), money(discount.amount()));
            case MAXIMUM_SPEND ->
                say(
                        "The maximum of %s for the period is reached: %s less.",
                        number(terms.maximumSpend()), money(discount.amount()));
        }
    }

    private void due() {
        say("To pay: %s.", money(line.totals().total()));
    }

    /** E.g. {@code Tier 2, above 1,000 up to 5,000}. */
    private String name(String key) {
        Matcher tier = TIER.matcher(key);
        if (!tier.matches()) {
            return price.isUsageBased() ? "Units" : "Fixed";
        }
        List<Tier> tiers =
                switch (price) {
                    case Price.Graduated graduated -> graduated.tiers();
                    case Price.Volume volume -> volume.tiers();
                    default -> throw new IllegalStateException("no tiers in " + price);
                };
        int place = Integer.parseInt(tier.group(1));
        BigDecimal above = place == 1 ? null : tiers.get(place - 2).upTo();
        BigDecimal upTo = tiers.get(place - 1).upTo();
        return "Tier " + place
                + (above == null && upTo == null ? "" : ",")
                + (above == null ? "" : " above " + number(above))
                + (upTo == null ? "" : " up to " + number(upTo))
                + (key.endsWith("-flat-price") ? ", flat" : "");
    }

    private void say(String step, Object... values) {
        steps.add(step.formatted(values));
    }

    private static String units(BigDecimal quantity, String one, String many) {
        return number(quantity) + " " + (quantity.compareTo(BigDecimal.ONE) == 0 ? one : many);
    }

    private static String money(Money money) {
        DecimalFormat format = format();
        format.setMinimumFractionDigits(money.currency().digits());
        return format.format(money.amount()) + " " + money.currency().code();
    }

    private static String number(BigDecimal number) {
        return format().format(number);
    }

    private static DecimalFormat format() {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMaximumFractionDigits(UnitConversion.DIVISION_SCALE);
        return format;
    }
}
