package io.usance.catalog.addon.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an add-on version stands in its life; follows from its dates and is not stored. */
public enum AddonStatus {
    /** Not published; may be incomplete. */
    DRAFT(true, false, true),
    /** Can be attached to plans and bought. */
    ACTIVE(false, true, false),
    /** Can no longer be attached or bought; what was bought goes on. */
    ARCHIVED(false, false, true);

    private final boolean changeable;
    private final boolean archivable;
    private final boolean deletable;

    AddonStatus(boolean changeable, boolean archivable, boolean deletable) {
        this.changeable = changeable;
        this.archivable = archivable;
        this.deletable = deletable;
    }

    /**
     * @param effectiveFrom null for a draft; never in the future, since publishing takes effect at once
     * @param effectiveTo exclusive; null while open
     */
    public static AddonStatus at(Instant now, Instant effectiveFrom, Instant effectiveTo) {
        if (effectiveFrom == null) {
            return DRAFT;
        }
        return effectiveTo == null || now.isBefore(effectiveTo) ? ACTIVE : ARCHIVED;
    }

    /** Changed, and published too. */
    public boolean canBeChanged() {
        return changeable;
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
    public static Optional<AddonStatus> parse(String text) {
        return Stream.of(values())
                .filter(status -> status.wireName().equals(text))
                .findFirst();
    }
}
