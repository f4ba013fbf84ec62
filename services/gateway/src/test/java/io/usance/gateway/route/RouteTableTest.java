package io.usance.gateway.route;

import static io.usance.gateway.route.Upstream.CATALOG;
import static io.usance.gateway.route.Upstream.INGESTION;
import static io.usance.gateway.route.Upstream.INVOICING;
import static io.usance.gateway.route.Upstream.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    @Test
    void every_path_goes_to_the_service_that_owns_it() {
        Map<Upstream, List<String>> owned = Map.of(
                CATALOG,
                List.of(
                        "meters",
                        "meters/1",
                        "meter-templates",
                        "meter-templates/1",
                        "features",
                        "features/1",
                        "llm-cost/prices",
                        "llm-cost/prices/1",
                        "llm-cost/overrides",
                        "llm-cost/overrides/1",
                        "plans",
                        "plans/1",
                        "plans/1/publish",
                        "plans/1/archive",
                        "plans/1/addons",
                        "plans/1/addons/1",
                        "addons",
                        "addons/1",
                        "addons/1/publish",
                        "addons/1/archive",
                        "rate-cards/preview",
                        "catalog",
                        "catalog/diff",
                        "catalog/apply",
                        "tax-codes",
                        "tax-codes/1",
                        "defaults/tax-codes",
                        "currencies",
                        "currencies/custom",
                        "currencies/custom/1",
                        "currencies/custom/1/cost-bases",
                        "access-tokens",
                        "access-tokens/1"),
                SUBSCRIPTION,
                List.of(
                        "customers",
                        "customers/1",
                        "customers/1/billing",
                        "subscriptions",
                        "subscriptions/1",
                        "subscriptions/1/cancel",
                        "subscriptions/1/unschedule-cancelation"),
                INGESTION,
                List.of(
                        "events",
                        "events/stream",
                        "events/overview",
                        "subjects",
                        "meters/check",
                        "meters/1/query",
                        "features/1/cost/query"),
                INVOICING,
                List.of("customers/1/billing/invoice-preview"));
        assertAll(owned.entrySet().stream()
                .flatMap(owner -> owner.getValue().stream()
                        .map(path -> () -> assertThat(upstream(path)).as(path).contains(owner.getKey()))));
    }

    @Test
    void a_meter_that_is_called_query_is_still_a_meter() {
        assertThat(upstream("meters/query")).contains(CATALOG);
        assertThat(upstream("meters/query/query")).contains(INGESTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metersx",
                "meter",
                "Meters",
                "defaults",
                "llm-cost",
                "internal",
                "internal/access-tokens/exchange",
                "q/health",
                "*"
            })
    void what_is_not_listed_is_not_served(String path) {
        assertThat(upstream(path)).isEmpty();
    }

    @Test
    void no_route_is_hidden_behind_an_earlier_one() {
        for (Route route : RouteTable.ROUTES) {
            ApiPath example = new ApiPath(
                    route.pattern().stream().map(part -> part.replace("*", "x")).toList());
            assertThat(RouteTable.find(example)).as(route.id()).contains(route);
        }
    }

    private static Optional<Upstream> upstream(String path) {
        return RouteTable.find(new ApiPath(List.of(path.split("/")))).map(Route::upstream);
    }
}
