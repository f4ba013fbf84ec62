package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.local.PublicApi.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not JSON: asked for or sent, on every route that the description of the public API has. */
class MediaTypesIT {
    private static Api owner;
    private static Shop shop;

    @BeforeAll
    static void open() {
        owner = Tenant.fresh(Stack.shared()).api("admin");
        shop = Shop.open(owner, "/v3/openmeter");
    }

    static Stream<Operation> reading() {
        return PublicApi.OPERATIONS.stream()
                .filter(operation -> operation.method().equals("GET") && !operation.isStream());
    }

    static Stream<Operation> taking() {
        return PublicApi.OPERATIONS.stream().filter(Operation::takesBody);
    }

    @ParameterizedTest
    @MethodSource("reading")
    void whoever_takes_no_json_is_told_so(Operation operation) {
        owner.send("GET", shop.path(operation), "", "", "Accept", "application/xml")
                .expectProblem(415);
        Exchange anything = owner.send("GET", shop.path(operation), "", "", "Accept", "text/html,*/*;q=0.8");
        anything.expect(200);
        assertThat(anything.type()).startsWith("application/json");
    }

    @ParameterizedTest
    @MethodSource("taking")
    void a_body_that_says_that_it_is_no_json_is_refused(Operation operation) {
        int refused = operation.id().equals("ingest-metering-events") ? 400 : 415;
        owner.send(operation.method(), shop.path(operation), "text/plain", shop.body(operation))
                .expectProblem(refused);
    }
}
