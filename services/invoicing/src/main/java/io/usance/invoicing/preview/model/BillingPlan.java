package io.usance.invoicing.preview.model;

import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.subscription.Subscription;
import io.usance.kernel.money.Currency;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which lines a subscription puts on the invoice of a billing period. A line belongs to the period in which it falls due:
 * in advance with the start of its service, in arrears with the end.
 */
public final class BillingPlan {
    /** Billing periods follow the calendar in UTC. */
    private static final ZoneId ZONE = ZoneOffset.UTC;

    private static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

    /**
     * The billing period that goes on at {@code now}, or the last one of a subscription that ended within the last billing
     * cadence; cut to the subscription and to the phase that it is in.
     *
     * @return empty if the subscription has not begun or is over for longer
     */
    public static Optional<Period> currentPeriod(Subscription subscription, Instant now) {
        Instant start = second(subscription.activeFrom());
        if (now.isBefore(start)) {
            return Optional.empty();
        }
        Cadence cadence = Cadence.parse(subscription.billingCadence());
        Instant at = now;
        Instant end = second(subscription.activeTo());
        if (end != null && !now.isBefore(end)) {
            if (!end.isAfter(start) || !now.isBefore(cadence.after(end))) {
                return Optional.empty();
            }
            at = end.minusNanos(1);
        }
        Period whole = new BillingAnchor(subscription.billingAnchor(), ZONE, cadence).periodContaining(at);
        return whole.clip(start, end).flatMap(phaseAt(subscription, at)::intersect);
    }

    /** The stretch of the phase that goes on at {@code at}. */
    private static Period phaseAt(Subscription subscription, Instant at) {
        return subscription.phases().stream()
                .flatMap(phase -> stretch(phase.activeFrom(), phase.activeTo()).stream())
                .filter(stretch -> stretch.contains(at))
                .findFirst()
                .orElse(ALWAYS);
    }

    /**
     * The lines that fall due in {@code billing}.
     *
     * @throws IllegalArgumentException if there are more than {@value Plan#LINES_MAX}
     */
    public static List<PlannedLine> lines(Subscription subscription, Period billing) {
        List<PlannedLine> lines = new ArrayList<>();
        for (Subscription.Phase phase : subscription.phases()) {
            for (Subscription.Item item : phase.items()) {
                lines.addAll(lines(subscription, phase, item, billing));
                if (lines.size() > Plan.LINES_MAX) {
                    throw new IllegalArgumentException("more than " + Plan.LINES_MAX + " lines in one billing period");
                }
            }
        }
        return lines;
    }

    private static List<PlannedLine> lines(
            Subscription subscription, Subscription.Phase phase, Subscription.Item item, Period billing) {
        RateCard card = item.rateCard();
        Price price = card.price().toPrice();
        Optional<Period> active = stretch(subscription.activeFrom(), subscription.activeTo())
                .flatMap(
                        stretch -> stretch(phase.activeFrom(), phase.activeTo()).flatMap(stretch::intersect))
                .flatMap(stretch -> stretch(item.activeFrom(), item.activeTo()).flatMap(stretch::intersect));
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
        List<PlannedLine> lines = new ArrayList<>();
        long n = anchor.indexOf(billing.start());
        for (Period window = anchor.period(n); window.start().isBefore(billing.end()); window = anchor.period(++n)) {
            Optional<Period> service =
                    window.clip(active.get().start(), active.get().end());
            if (service.isPresent()) {
                prorated(price, service.get(), window, currency, subscription.proRatingEnabled())
                        .map(charged ->
                                new PlannedLine(subscription, phase, item, feature, service.get(), charged, currency))
                        .filter(line -> isDue(line, billing))
                        .ifPresent(lines::add);
            }
            if (lines.size() > Plan.LINES_MAX) {
                break;
            }
        }
        return lines;
    }

    /** A one-time fee falls due where its item begins, and serves to the end of that billing period. */
    private static Optional<Period> once(Period active, Period billing) {
        return billing.contains(active.start()) ? billing.clip(active.start(), active.end()) : Optional.empty();
    }

    private static boolean isDue(PlannedLine line, Period billing) {
        Period service = line.service();
        return line.isInAdvance()
                ? billing.contains(service.start())
                : service.end().isAfter(billing.start()) && !service.end().isAfter(billing.end());
    }

    /** Empty when so little is left of a fee that it rounds to nothing. */
    private static Optional<Price> prorated(
            Price price, Period service, Period whole, String currency, boolean enabled) {
        if (!enabled || !(price instanceof Price.Flat(BigDecimal amount)) || service.equals(whole)) {
            return Optional.of(price);
        }
        // Of the exact amount, so that it is rounded once.
        Money part = Money.rounded(Proration.prorate(amount, service, whole), Currency.iso(currency));
        return part.isZero() ? Optional.empty() : Optional.of(new Price.Flat(part.amount()));
    }

    /** In whole seconds, as all periods are; empty if it is within one. @param to null for no end */
    private static Optional<Period> stretch(Instant from, Instant to) {
        return ALWAYS.clip(second(from), second(to));
    }

    private static Instant second(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS);
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
