package io.usance.catalog.plan.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a plan version stands in its life; follows from its dates and is not stored. */
public enum PlanStatus {
    /** Not published; may be incomplete. */
    DRAFT(true, true, false, true),
    /** Published for a later time. */
    SCHEDULED(true, true, false, true),
    /** Can be subscribed to. */
    ACTIVE(false, false, true, false),
    /** Can no longer be subscribed to; its subscriptions go on. */
    ARCHIVED(false, false, false, true);

    private final boolean changeable;
    private final boolean publishable;
    private final boolean archivable;
    private final boolean deletable;

    PlanStatus(boolean changeable, boolean publishable, boolean archivable, boolean deletable) {
        this.changeable = changeable;
        this.publishable = publishable;
        this.archivable = archivable;
        this.deletable = deletable;
    }

    /**
     * @param effectiveFrom null for a draft
     * @param effectiveTo exclusive; null while open
     */
    public static PlanStatus at(Instant now, Instant effectiveFrom, Instant effectiveTo) {
        if (effectiveFrom == null) {
            return DRAFT;
        }
        if (effectiveTo != null && !now.isBefore(effectiveTo)) {
            return ARCHIVED;
        }
        return now.isBefore(effectiveFrom) ? SCHEDULED : ACTIVE;
    }

    public boolean canBeChanged() {
        return changeable;
    }

    public boolean canBePublished() {
        return publishable;
    }

    public boolean canBeArchived() {
        return archivable;
    }

    public boolean canBeDeleted() {
        return deletable;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status with that name on the wire, if there is one. */
    public static Optional<PlanStatus> parse(String text) {
        return Stream.of(values())
                .filter(status -> status.wireName().equals(text))
                .findFirst();
    }
}
