package io.usance.gateway.route;

import static io.usance.gateway.route.Upstream.CATALOG;
import static io.usance.gateway.route.Upstream.INGESTION;
import static io.usance.gateway.route.Upstream.INVOICING;
import static io.usance.gateway.route.Upstream.SUBSCRIPTION;

import java.util.List;
import java.util.Optional;

/** Who answers which path of the API. What is not listed is not served. */
public final class RouteTable {
    /** The first that fits counts, so the longer pattern stands before the shorter. */
    static final List<Route> ROUTES = List.of(
            Route.of("access-tokens", CATALOG),
            Route.of("addons", CATALOG),
            Route.of("catalog", CATALOG),
            Route.of("currencies", CATALOG),
            Route.of("customers/*/billing/invoice-preview", INVOICING),
            Route.of("customers", SUBSCRIPTION),
            Route.of("defaults/tax-codes", CATALOG),
            Route.stream("events/stream", INGESTION),
            Route.of("events", INGESTION),
            Route.of("features/*/cost/query", INGESTION),
            Route.of("features", CATALOG),
            Route.of("llm-cost/overrides", CATALOG),
            Route.of("llm-cost/prices", CATALOG),
            Route.of("meter-templates", CATALOG),
            Route.of("meters/check", INGESTION),
            Route.of("meters/*/query", INGESTION),
            Route.of("meters", CATALOG),
            Route.of("plans", CATALOG),
            Route.of("rate-cards", CATALOG),
            Route.of("subjects", INGESTION),
            Route.of("subscriptions", SUBSCRIPTION),
            Route.of("tax-codes", CATALOG));

    /** The route of {@code path}; empty when nobody answers it. */
    public static Optional<Route> find(ApiPath path) {
        return ROUTES.stream().filter(route -> route.leads(path)).findFirst();
    }

    private RouteTable() {}
}
