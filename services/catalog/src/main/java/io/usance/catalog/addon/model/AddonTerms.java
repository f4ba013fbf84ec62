package io.usance.catalog.addon.model;

import io.usance.contracts.catalog.RateCard;
import java.util.List;

/**
 * What the rules have to know of one version of an add-on.
 *
 * @param title for a person, e.g. {@code add-on storage version 2}
 * @param status when it was looked at
 */
public record AddonTerms(
        String title,
        AddonStatus status,
        boolean isDeleted,
        InstanceType instanceType,
        String currency,
        List<RateCard> rateCards) {

    /** Whether plans can be published with it. */
    public boolean canBeSold() {
        return !isDeleted && status == AddonStatus.ACTIVE;
    }

    /** The status on the wire, or {@code deleted}. */
    public String state() {
        return isDeleted ? "deleted" : status.wireName();
    }
}
