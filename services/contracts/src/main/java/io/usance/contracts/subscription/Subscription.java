package io.usance.contracts.subscription;

import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.RateCard;
import java.time.Instant;
import java.util.List;

/**
 * A customer's use of one plan version, spelled out into phases and items.
 *
 * @param id ULID
 * @param currency ISO 4217, of its invoices
 * @param billingCadence ISO-8601 duration
 * @param billingAnchor the instant that billing periods are counted from
 * @param activeFrom whole seconds; usage from here on is invoiced
 * @param activeTo where it ends, exclusive; null while open
 * @param features every feature that an item's rate card names
 */
public record Subscription(
        String id,
        String customerId,
        PlanReference plan,
        String name,
        String currency,
        String billingCadence,
        Instant billingAnchor,
        Instant activeFrom,
        Instant activeTo,
        boolean proRatingEnabled,
        String settlementMode,
        List<Phase> phases,
        List<Feature> features) {

    /** The plan version subscribed to. */
    public record PlanReference(String id, String key, int version) {}

    /** @param activeTo exclusive; null for the last phase of an open subscription */
    public record Phase(
            String id,
            String key,
            String name,
            String description,
            Instant activeFrom,
            Instant activeTo,
            List<Item> items) {}

    /** One rate card while it applies. @param activeTo exclusive; null while open */
    public record Item(String id, Instant activeFrom, Instant activeTo, RateCard rateCard) {}
}
