package io.usance.invoicing.preview.model;

import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.subscription.Subscription;
import io.usance.kernel.price.Price;
import io.usance.kernel.time.Period;

/**
 * A line that will be on an invoice, before its usage is known.
 *
 * @param feature null for a fee without one
 * @param service what the line pays for
 * @param price a flat one is prorated already
 * @param currency ISO 4217
 */
public record PlannedLine(
        Subscription subscription,
        Subscription.Phase phase,
        Subscription.Item item,
        Feature feature,
        Period service,
        Price price,
        String currency) {

    /** Whether usage decides the amount. */
    public boolean isMetered() {
        return price.isUsageBased() && feature != null && feature.meter() != null;
    }

    /** Whether it falls due with the start of its service instead of the end. */
    public boolean isInAdvance() {
        return !price.isUsageBased()
                && RateCard.IN_ADVANCE.equals(item.rateCard().paymentTerm());
    }
}
