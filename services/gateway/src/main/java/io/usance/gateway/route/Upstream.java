package io.usance.gateway.route;

import java.util.Locale;

/** A service behind the door. */
public enum Upstream {
    CATALOG,
    SUBSCRIPTION,
    INGESTION,
    INVOICING;

    /** Its name in settings, metrics and logs. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
