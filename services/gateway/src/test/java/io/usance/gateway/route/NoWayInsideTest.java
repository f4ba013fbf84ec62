package io.usance.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.gateway.ForeignCatalog;
import io.usance.gateway.ForeignService;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import io.usance.gateway.RawHttp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services say to each other is not to be reached from outside, whatever is written into a request line. */
@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class NoWayInsideTest extends GatewayTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/access-tokens/exchange",
                "/api/internal/access-tokens/exchange",
                "/v3/internal/access-tokens/exchange",
                "/v3/openmeter/internal/access-tokens/exchange",
                "/v3/openmeter/../../internal/access-tokens/exchange",
                "/v3/openmeter/meters/../../../internal/access-tokens/exchange",
                "/v3/openmeter/meters/..//../../internal/access-tokens/exchange",
                "/v3/openmeter/meters/%2e%2e/%2e%2e/%2e%2e/internal/access-tokens/exchange",
                "/v3/openmeter/meters/%2E%2E%2F%2E%2E%2F%2E%2E%2Finternal/access-tokens/exchange",
                "/v3/openmeter/meters/%252e%252e/%252e%252e/%252e%252e/internal/access-tokens/exchange",
                "/v3/openmeter/meters/.%2e/.%2e/.%2e/internal/access-tokens/exchange",
                "/v3/openmeter/meters/..;/..;/..;/internal/access-tokens/exchange",
                "/v3/openmeter/meters/..;x=1/..;x=1/..;x=1/internal/access-tokens/exchange",
                "/v3/openmeter/meters/..\\..\\..\\internal\\access-tokens\\exchange",
                "/v3/openmeter/meters/..%5c..%5c..%5cinternal/access-tokens/exchange",
                "/v3/openmeter/meters/%c0%ae%c0%ae/%c0%ae%c0%ae/internal/access-tokens/exchange",
                "//internal/access-tokens/exchange",
                "//v3//openmeter//..//..//internal/access-tokens/exchange",
                "/api//internal/access-tokens/exchange",
                "/api/../internal/access-tokens/exchange",
                "/docs/../internal/access-tokens/exchange",
                "/docs/%2e%2e/internal/access-tokens/exchange",
                "/v3/openapi.json/../../internal/access-tokens/exchange",
                "/;/internal/access-tokens/exchange",
                "/internal;/access-tokens/exchange",
                "/%69nternal/access-tokens/exchange",
                "/v3/openmeter/meters?/../../../internal/../",
                "/v3/openmeter/meters#/../../../internal/access-tokens/exchange",
                "http://127.0.0.1/internal/access-tokens/exchange",
                "http://127.0.0.1/v3/openmeter/meters/../../../internal/access-tokens/exchange",
                "internal/access-tokens/exchange",
                "*"
            })
    void no_spelling_of_a_path_leads_inside(String target) throws Exception {
        for (String method : new String[] {"GET", "POST"}) {
            String answer = RawHttp.exchange(
                    gateway,
                    method + " " + target + " HTTP/1.1",
                    "Authorization: Bearer " + ForeignServices.catalog().issue("acme", "admin"),
                    "X-Request-Id: from-outside",
                    "Content-Length: 0");
            assertThat(answer).matches("(?s)HTTP/1\\.1 (200|400|404) .*");
        }
        assertThat(fromOutside())
                .allSatisfy(seen -> assertThat(seen.uri())
                        .startsWith("/v3/openmeter/meters")
                        .satisfies(uri ->
                                assertThat(uri.split("\\?")[0]).doesNotContain("..", "internal", "%", ";", "//")));
    }

    @Test
    void the_services_were_asked_inside_by_the_gateway_alone() {
        asAdmin()
                .header("X-Request-Id", "from-outside")
                .get("/v3/openmeter/meters")
                .then()
                .statusCode(200);

        assertThat(everything().filter(seen -> seen.uri().startsWith("/internal")))
                .isNotEmpty()
                .allSatisfy(seen -> {
                    assertThat(seen.uri()).isEqualTo(ForeignCatalog.PATH);
                    assertThat(seen.headers().get("X-Request-Id")).isNull();
                });
    }

    private static List<ForeignService.Seen> fromOutside() {
        return everything()
                .filter(seen -> "from-outside".equals(seen.headers().get("X-Request-Id")))
                .toList();
    }

    private static Stream<ForeignService.Seen> everything() {
        return Stream.of(Upstream.values()).flatMap(upstream -> ForeignServices.service(upstream).seen().stream());
    }
}
