package io.usance.invoicing.preview.model;

import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.subscription.Subscription;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.Price;
import io.usance.kernel.time.BillingAnchor;
import io.usance.kernel.time.Cadence;
import io.usance.kernel.time.Period;
import io.usance.kernel.time.Proration;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Which lines a subscription puts on the invoice of a billing period. A line belongs to the period in which it falls due:
 * in advance with the start of its service, in arrears with the end.
 */
public final class BillingPlan {
    /** Most lines of one subscription on one invoice. */
    public static final int LINES_MAX = 1_000;

    /** Billing periods follow the calendar in UTC. */
    private static final ZoneId ZONE = ZoneOffset.UTC;

    /**
     * The billing period that goes on at {@code now}, or the last one of a subscription that ended within the last billing
     * cadence; cut to the subscription.
     *
     * @return empty if the subscription has not begun or is over for longer
     */
    public static Optional<Period> currentPeriod(Subscription subscription, Instant now) {
        if (now.isBefore(subscription.activeFrom())) {
            return Optional.empty();
        }
        Cadence cadence = Cadence.parse(subscription.billingCadence());
        Instant at = now;
        Instant end = subscription.activeTo();
        if (end != null && !now.isBefore(end)) {
            if (!end.isAfter(subscription.activeFrom()) || !now.isBefore(cadence.after(end))) {
                return Optional.empty();
            }
            at = end.minusNanos(1);
        }
        return new BillingAnchor(subscription.billingAnchor(), ZONE, cadence)
                .periodContaining(at)
                .clip(subscription.activeFrom(), end);
    }

    /**
     * The lines that fall due in {@code billing}.
     *
     * @throws IllegalArgumentException if there are more than {@value #LINES_MAX}
     */
    public static List<PlannedLine> lines(Subscription subscription, Period billing) {
        List<PlannedLine> lines = new ArrayList<>();
        for (Subscription.Phase phase : subscription.phases()) {
            for (Subscription.Item item : phase.items()) {
                lines.addAll(lines(subscription, phase, item, billing));
                if (lines.size() > LINES_MAX) {
                    throw new IllegalArgumentException("more than " + LINES_MAX + " lines in one billing period");
                }
            }
        }
        return lines;
    }

    private static List<PlannedLine> lines(
            Subscription subscription, Subscription.Phase phase, Subscription.Item item, Period billing) {
        RateCard card = item.rateCard();
        Price price = card.price().toPrice();
        Optional<Period> active = new Period(subscription.activeFrom(), Instant.MAX)
                .clip(subscription.activeFrom(), subscription.activeTo())
                .flatMap(period -> period.clip(phase.activeFrom(), phase.activeTo()))
                .flatMap(period -> period.clip(item.activeFrom(), item.activeTo()));
        if (price instanceof Price.Free || active.isEmpty()) {
            return List.of();
        }
        Feature feature = featureOf(subscription, card);
        String currency = card.currency() == null ? subscription.currency() : card.currency();
        if (price instanceof Price.Flat && card.billingCadence() == null) {
            return once(active.get(), billing)
                    .map(service ->
                            List.of(new PlannedLine(subscription, phase, item, feature, service, price, currency)))
                    .orElse(List.of());
        }
        String cadence = card.billingCadence() == null ? subscription.billingCadence() : card.billingCadence();
        BillingAnchor anchor = new BillingAnchor(subscription.billingAnchor(), ZONE, Cadence.parse(cadence));
        boolean inAdvance = price instanceof Price.Flat && RateCard.IN_ADVANCE.equals(card.paymentTerm());
        List<PlannedLine> lines = new ArrayList<>();
        long n = anchor.indexOf(billing.start());
        for (Period window = anchor.period(n); window.start().isBefore(billing.end()); window = anchor.period(++n)) {
            Optional<Period> service =
                    window.clip(active.get().start(), active.get().end());
            if (service.isPresent() && isDue(service.get(), billing, inAdvance)) {
                Price charged = prorated(price, service.get(), window, currency, subscription.proRatingEnabled());
                lines.add(new PlannedLine(subscription, phase, item, feature, service.get(), charged, currency));
            }
            if (lines.size() > LINES_MAX) {
                break;
            }
        }
        return lines;
    }

    /** A one-time fee falls due where its item begins, and serves to the end of that billing period. */
    private static Optional<Period> once(Period active, Period billing) {
        return billing.contains(active.start()) ? billing.clip(active.start(), active.end()) : Optional.empty();
    }

    private static boolean isDue(Period service, Period billing, boolean inAdvance) {
        return inAdvance
                ? billing.contains(service.start())
                : service.end().isAfter(billing.start()) && !service.end().isAfter(billing.end());
    }

    private static Price prorated(Price price, Period service, Period whole, String currency, boolean enabled) {
        if (!enabled || !(price instanceof Price.Flat(BigDecimal amount)) || service.equals(whole)) {
            return price;
        }
        Money full = Money.rounded(amount, Currency.getInstance(currency));
        return new Price.Flat(Proration.prorate(full, service, whole).amount());
    }

    private static Feature featureOf(Subscription subscription, RateCard card) {
        if (card.feature() == null) {
            return null;
        }
        return subscription.features().stream()
                .filter(feature -> feature.id().equals(card.feature().id()))
                .findFirst()
                .orElse(null);
    }

    private BillingPlan() {}
}
