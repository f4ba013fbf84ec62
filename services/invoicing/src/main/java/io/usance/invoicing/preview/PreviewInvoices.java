package io.usance.invoicing.preview;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.contracts.subscription.Subscription;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import io.usance.invoicing.preview.model.BillingPlan;
import io.usance.invoicing.preview.model.PlannedLine;
import io.usance.invoicing.preview.model.PreviewedLine;
import io.usance.invoicing.profile.BillingProfile;
import io.usance.invoicing.profile.BillingProfiles;
import io.usance.invoicing.subscription.Subscriptions;
import io.usance.invoicing.usage.Usage;
import io.usance.kernel.money.Currency;
import io.usance.kernel.price.Rating;
import io.usance.kernel.time.Period;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rates what a customer used in the current billing period. Stores nothing. */
@ApplicationScoped
public class PreviewInvoices {
    @Inject
    Subscriptions subscriptions;

    @Inject
    Usage usage;

    @Inject
    BillingProfiles profiles;

    @Inject
    Clock clock;

    /** One preview for each currency; none without a subscription. */
    Uni<List<InvoicePreview>> preview(String namespace, String customerId, String bearer) {
        return subscriptions
                .of(namespace, customerId, bearer)
                .chain(known -> profiles.byDefault(namespace).chain(profile -> rated(known, profile, bearer)));
    }

    private Uni<List<InvoicePreview>> rated(CustomerSubscriptions known, BillingProfile profile, String bearer) {
        Map<String, Period> periods = new LinkedHashMap<>();
        List<PlannedLine> planned = new ArrayList<>();
        for (Subscription subscription : known.subscriptions()) {
            BillingPlan.currentPeriod(subscription, clock.instant()).ifPresent(period -> {
                planned.addAll(BillingPlan.lines(subscription, period));
                periods.merge(subscription.currency(), period, PreviewInvoices::span);
            });
        }
        List<String> subjects = known.customer().subjects();
        List<UsageQuestion.Line> questions = planned.stream()
                .filter(PlannedLine::isMetered)
                .map(line -> question(line, subjects))
                .toList();
        return usage.totals(bearer, questions).map(answer -> invoices(known, profile, periods, planned, answer));
    }

    private static UsageQuestion.Line question(PlannedLine line, List<String> subjects) {
        return new UsageQuestion.Line(
                line.feature().meter().id(),
                subjects,
                line.feature().meter().filters(),
                line.service().start(),
                line.service().end());
    }

    private static List<InvoicePreview> invoices(
            CustomerSubscriptions known,
            BillingProfile profile,
            Map<String, Period> periods,
            List<PlannedLine> planned,
            UsageAnswer answer) {
        Iterator<BigDecimal> quantities = answer.quantities().iterator();
        Map<String, List<PreviewedLine>> byCurrency = new LinkedHashMap<>();
        periods.keySet().forEach(currency -> byCurrency.put(currency, new ArrayList<>()));
        for (PlannedLine line : planned) {
            BigDecimal quantity = line.isMetered() ? quantities.next() : BigDecimal.ZERO;
            byCurrency
                    .computeIfAbsent(line.currency(), currency -> new ArrayList<>())
                    .add(rate(line, quantity));
        }
        return byCurrency.entrySet().stream()
                .map(entry -> new InvoicePreview(
                        known.customer(),
                        profile,
                        Currency.iso(entry.getKey()),
                        answer.asOf(),
                        periods.get(entry.getKey()),
                        servicePeriod(entry.getValue(), periods.get(entry.getKey())),
                        entry.getValue()))
                .sorted(Comparator.comparing(invoice -> invoice.currency().code()))
                .toList();
    }

    private static PreviewedLine rate(PlannedLine line, BigDecimal quantity) {
        Currency currency = Currency.iso(line.currency());
        return new PreviewedLine(
                line, Rating.rate(line.price(), line.item().rateCard().terms(), quantity, currency));
    }

    private static Period servicePeriod(List<PreviewedLine> lines, Period billing) {
        return lines.stream()
                .map(line -> line.planned().service())
                .reduce(PreviewInvoices::span)
                .orElse(billing);
    }

    private static Period span(Period one, Period other) {
        return new Period(
                one.start().isBefore(other.start()) ? one.start() : other.start(),
                one.end().isAfter(other.end()) ? one.end() : other.end());
    }
}
