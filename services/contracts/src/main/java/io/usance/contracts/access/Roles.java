package io.usance.contracts.access;

import java.util.Set;

/** Role ids as access tokens carry them. What each may do is decided where a route is declared. */
public final class Roles {
    /** Everything. */
    public static final String ADMIN = "admin";

    /** Send events, and nothing else: for producers. */
    public static final String INGEST = "ingest";

    /** Ask whether a customer may use a feature, and nothing else: for enforcement points. */
    public static final String ENTITLEMENT_ACCESS = "entitlement_access";

    /** Change and query meters, send and list events. */
    public static final String METER_ADMIN = "meter_admin";

    /** Read and query meters, list events. */
    public static final String METERING_VIEWER = "metering_viewer";

    /** Change features and plans. */
    public static final String PRODUCT_CATALOG_ADMIN = "product_catalog_admin";

    /** Read features and plans. */
    public static final String PRODUCT_CATALOG_VIEWER = "product_catalog_viewer";

    /** Change customers, subscriptions and invoices. */
    public static final String BILLING_ADMIN = "billing_admin";

    /** Read customers, subscriptions and invoices. */
    public static final String BILLING_VIEWER = "billing_viewer";

    /** Every role that a token can be given. */
    public static final Set<String> ALL = Set.of(
            ADMIN,
            INGEST,
            ENTITLEMENT_ACCESS,
            METER_ADMIN,
            METERING_VIEWER,
            PRODUCT_CATALOG_ADMIN,
            PRODUCT_CATALOG_VIEWER,
            BILLING_ADMIN,
            BILLING_VIEWER);

    /** The gateway's own role, in the short-lived tokens with which it asks who a caller is. Never given to a token. */
    public static final String GATEWAY = "gateway";

    private Roles() {}
}
