package io.usance.invoicing.preview;

import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.Subscription;
import io.usance.invoicing.preview.InvoiceView.AmountDiscount;
import io.usance.invoicing.preview.InvoiceView.DetailedLineView;
import io.usance.invoicing.preview.InvoiceView.Discounts;
import io.usance.invoicing.preview.InvoiceView.LineView;
import io.usance.invoicing.preview.InvoiceView.PeriodView;
import io.usance.invoicing.preview.InvoiceView.Reference;
import io.usance.invoicing.preview.InvoiceView.TotalsView;
import io.usance.invoicing.preview.InvoiceView.UsageDiscount;
import io.usance.invoicing.preview.model.PlannedLine;
import io.usance.invoicing.preview.model.PreviewedLine;
import io.usance.kernel.price.RatedLine;
import io.usance.kernel.time.Period;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Shows previews in the wire's form. Ids are made for the occasion: nothing here is stored. */
@ApplicationScoped
class InvoiceViews {
    /** How long after a billing period late usage is waited for, as the sandbox profile has it. */
    private static final Duration COLLECTION_INTERVAL = Duration.ofHours(1);

    /** In characters. */
    private static final int NAME_LENGTH_MAX = 256;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    InvoiceView.Listing of(List<InvoicePreview> previews) {
        return new InvoiceView.Listing(previews.stream().map(this::of).toList());
    }

    private InvoiceView of(InvoicePreview preview) {
        Instant now = clock.instant();
        Customer customer = preview.customer();
        return new InvoiceView(
                ids.next(),
                "standard",
                number(customer, preview.currency().code()),
                preview.currency().code(),
                new InvoiceView.Supplier(preview.profile().name()),
                new InvoiceView.CustomerView(
                        customer.id(),
                        customer.key(),
                        customer.name(),
                        new InvoiceView.Attribution(customer.subjectKeys()),
                        customer.billingAddress()),
                TotalsView.of(preview.totals()),
                PeriodView.of(preview.servicePeriod()),
                "draft",
                new InvoiceView.StatusDetails(false, false, "preview", new InvoiceView.Actions()),
                preview.asOf(),
                collectionAt(preview),
                new InvoiceView.Workflow(
                        new Reference(preview.profile().id()),
                        new InvoiceView.WorkflowSettings(
                                new InvoiceView.Invoicing(true, "P0D"),
                                new InvoiceView.Payment("charge_automatically"))),
                preview.lines().stream().map(line -> line(line, now)).toList(),
                now,
                now);
    }

    /** When everything on it is due and known: only usage comes late, and fees in advance are due before. */
    private static Instant collectionAt(InvoicePreview preview) {
        Instant end = preview.billing().end();
        return preview.lines().stream()
                .map(PreviewedLine::planned)
                .map(line -> line.isMetered()
                        ? end.plus(COLLECTION_INTERVAL)
                        : line.isInAdvance() ? line.service().start() : end)
                .max(Comparator.naturalOrder())
                .orElse(end);
    }

    /** E.g. {@code PREVIEW-ACME-INC-USD}. */
    private static String number(Customer customer, String currency) {
        String key = customer.key().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "-");
        return "PREVIEW-" + key.substring(0, Math.min(key.length(), 200)) + "-" + currency;
    }

    private LineView line(PreviewedLine line, Instant now) {
        PlannedLine planned = line.planned();
        RatedLine rated = line.rated();
        RateCard card = planned.item().rateCard();
        Subscription.Phase phase = planned.phase();
        return new LineView(
                ids.next(),
                "standard_line",
                card.name(),
                card.description(),
                "system",
                PeriodView.of(planned.service()),
                TotalsView.of(rated.totals()),
                usageDiscounts(rated),
                List.of(),
                new InvoiceView.SubscriptionReference(
                        planned.subscription().id(),
                        new InvoiceView.PhaseReference(
                                phase.id(), new Reference(planned.item().id()))),
                new InvoiceView.RateCardView(
                        card.price(),
                        card.taxConfig(),
                        planned.feature() == null ? null : planned.feature().key(),
                        card.discounts(),
                        card.unitConfig()),
                rated.details().stream()
                        .map(detail -> detail(card.name(), planned.service(), detail, now))
                        .toList(),
                planned.isMetered() ? quantity(rated, card) : null,
                now,
                now);
    }

    private static InvoiceView.UsageQuantity quantity(RatedLine rated, RateCard card) {
        return new InvoiceView.UsageQuantity(
                plain(rated.rawQuantity()),
                plain(rated.invoicedQuantity()),
                card.unitConfig() == null ? null : card.unitConfig().displayUnit());
    }

    private Discounts usageDiscounts(RatedLine rated) {
        return rated.freeUnits().signum() == 0
                ? null
                : new Discounts(
                        null, List.of(new UsageDiscount(ids.next(), "ratecard_usage", plain(rated.freeUnits()))));
    }

    private DetailedLineView detail(String name, Period service, RatedLine.DetailedLine detail, Instant now) {
        List<AmountDiscount> discounts = detail.discounts().stream()
                .map(discount -> new AmountDiscount(
                        ids.next(),
                        discount.reason().name().toLowerCase(Locale.ROOT),
                        discount.amount().amount()))
                .toList();
        return new DetailedLineView(
                ids.next(),
                detailName(name, ": " + detail.key().replace('-', ' ')),
                PeriodView.of(service),
                TotalsView.of(detail.totals()),
                detail.category().name().toLowerCase(Locale.ROOT),
                discounts.isEmpty() ? null : new Discounts(discounts, null),
                List.of(),
                plain(detail.quantity()),
                plain(detail.unitPrice()),
                now,
                now);
    }

    /** The line's name with what sets the detail apart, of a long name its beginning. */
    private static String detailName(String name, String detail) {
        int length = Math.min(name.codePointCount(0, name.length()), NAME_LENGTH_MAX - detail.length());
        return name.substring(0, name.offsetByCodePoints(0, length)) + detail;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
