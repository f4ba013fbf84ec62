package io.usance.catalog.addon.model;

import java.util.Locale;

/** How many of an add-on one subscription can have. */
public enum InstanceType {
    SINGLE,
    MULTIPLE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is none with that name on the wire */
    public static InstanceType of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
