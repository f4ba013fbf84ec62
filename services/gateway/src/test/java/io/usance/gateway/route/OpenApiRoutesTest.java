package io.usance.gateway.route;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class OpenApiRoutesTest extends GatewayTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** One operation of the API's description, with an id in the place of each parameter. */
    record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Operation> operations() throws IOException {
        try (InputStream document =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("openapi/usance.yaml")) {
            JsonNode paths = new YAMLMapper().readTree(document).get("paths");
            return paths
                    .propertyStream()
                    .flatMap(path -> path.getValue()
                            .propertyStream()
                            .map(java.util.Map.Entry::getKey)
                            .filter(METHODS::contains)
                            .map(method -> new Operation(
                                    method.toUpperCase(Locale.ROOT),
                                    path.getKey().replaceAll("\\{[^}]+}", "01HZZZZZZZZZZZZZZZZZZZZZZZ"))))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_is_routed_under_both_bases(Operation operation) {
        for (String base : new String[] {"", "/api"}) {
            Response echo = asAdmin().request(operation.method(), base + operation.path());

            assertThat(echo.statusCode()).isEqualTo(200);
            assertThat((String) echo.path("uri")).isEqualTo(operation.path());
            assertThat((String) echo.path("service")).isEqualTo(owner(operation.path()));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void no_operation_is_open_to_callers_without_a_token(Operation operation) {
        for (String base : new String[] {"", "/api"}) {
            isProblem(
                    given().request(operation.method(), base + operation.path()),
                    401,
                    "unauthenticated",
                    "Unauthorized");
        }
    }

    /** Who owns a path, said in another way than the table says it. */
    private static String owner(String path) {
        if (path.endsWith("/query")
                || path.contains("/events")
                || path.endsWith("/subjects")
                || path.endsWith("/meters/check")) {
            return "ingestion";
        }
        if (path.endsWith("/invoice-preview")) {
            return "invoicing";
        }
        return path.contains("/customers") || path.contains("/subscriptions") ? "subscription" : "catalog";
    }
}
