package io.usance.invoicing.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.subscription.Address;
import io.usance.kernel.price.Totals;
import io.usance.kernel.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** An invoice as it is sent. */
record InvoiceView(
        String id,
        String type,
        String number,
        String currency,
        Supplier supplier,
        CustomerView customer,
        TotalsView totals,
        PeriodView servicePeriod,
        String status,
        StatusDetails statusDetails,
        Instant quantitySnapshottedAt,
        Instant collectionAt,
        Workflow workflow,
        List<LineView> lines,
        Instant createdAt,
        Instant updatedAt) {

    record Listing(List<InvoiceView> data) {}

    record Supplier(String name) {}

    record CustomerView(String id, String key, String name, Attribution usageAttribution, Address billingAddress) {}

    record Attribution(List<String> subjectKeys) {}

    record StatusDetails(boolean immutable, boolean failed, String extendedStatus, Actions availableActions) {}

    /** Nothing can be done with a preview. */
    record Actions() {}

    record Workflow(Reference sourceBillingProfile, WorkflowSettings workflow) {}

    record WorkflowSettings(Invoicing invoicing, Payment payment) {}

    record Invoicing(boolean autoAdvance, String draftPeriod) {}

    record Payment(String collectionMethod) {}

    record Reference(String id) {}

    record PeriodView(Instant from, Instant to) {
        static PeriodView of(Period period) {
            return new PeriodView(period.start(), period.end());
        }
    }

    record TotalsView(
            BigDecimal amount,
            BigDecimal chargesTotal,
            BigDecimal discountsTotal,
            BigDecimal creditsTotal,
            BigDecimal taxesTotal,
            BigDecimal taxesInclusiveTotal,
            BigDecimal taxesExclusiveTotal,
            BigDecimal total) {
        static TotalsView of(Totals totals) {
            BigDecimal zero = BigDecimal.ZERO.setScale(totals.amount().amount().scale());
            return new TotalsView(
                    totals.amount().amount(),
                    totals.charges().amount(),
                    totals.discounts().amount(),
                    zero,
                    zero,
                    zero,
                    zero,
                    totals.total().amount());
        }
    }

    record LineView(
            String id,
            String type,
            String name,
            String description,
            String lifecycleController,
            PeriodView servicePeriod,
            TotalsView totals,
            Discounts discounts,
            List<Reference> creditsApplied,
            SubscriptionReference subscription,
            RateCardView rateCard,
            List<DetailedLineView> detailedLines,
            UsageQuantity usageQuantityDetail,
            Instant createdAt,
            Instant updatedAt) {}

    record SubscriptionReference(String id, PhaseReference phase) {}

    record PhaseReference(String id, Reference item) {}

    record RateCardView(
            RateCardPrice price,
            RateCard.TaxConfig taxConfig,
            String featureKey,
            RateCard.Discounts discounts,
            RateCard.UnitConfig unitConfig) {}

    record UsageQuantity(BigDecimal rawQuantity, BigDecimal invoicedQuantity, String displayUnit) {}

    record DetailedLineView(
            String id,
            String name,
            PeriodView servicePeriod,
            TotalsView totals,
            String category,
            Discounts discounts,
            List<Reference> creditsApplied,
            BigDecimal quantity,
            BigDecimal unitPrice,
            Instant createdAt,
            Instant updatedAt) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Discounts(List<AmountDiscount> amount, List<UsageDiscount> usage) {}

    record AmountDiscount(String id, String reason, BigDecimal amount) {}

    record UsageDiscount(String id, String reason, BigDecimal quantity) {}
}
