package io.usance.ingestion;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.testkit.Eventually;
import io.usance.testkit.Platform;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class OutageTest {
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(40);

    private final Tenant tenant = new Tenant();

    @Test
    void without_its_broker_it_refuses_within_a_bounded_time_and_then_at_once_and_recovers_by_itself() {
        tenant.accepts(event("before", "acme", "2026-01-01T10:00:00Z", "{}"));
        tenant.awaitStored(1);
        Platform.get().kafka().close();
        try {
            long slowest = 0;
            long last = 0;
            for (int i = 0; i < 8; i++) {
                long start = System.nanoTime();
                Response response = tenant.send(Tenant.ONE, event("during" + i, "acme", "2026-01-01T10:00:00Z", "{}"));
                last = Duration.ofNanos(System.nanoTime() - start).toMillis();
                slowest = Math.max(slowest, last);
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.contentType()).isEqualTo("application/problem+json");
                assertThat(Integer.parseInt(response.getHeader("Retry-After"))).isPositive();
            }
            assertThat(slowest).isLessThan(15_000);
            assertThat(last).isLessThan(1_000);
            assertThat(tenant.list(Map.of()).get("data")).hasSize(1);
        } finally {
            Platform.get().kafka().start();
        }
        Eventually.holds(
                RECOVERY_MAX,
                () -> assertThat(tenant.send(Tenant.ONE, event("after", "acme", "2026-01-01T10:00:00Z", "{}"))
                                .statusCode())
                        .isEqualTo(202));
        Eventually.holds(
                RECOVERY_MAX,
                () -> assertThat(tenant.list(Map.of("filter[id]", "after")).get("data"))
                        .hasSize(1));
        tenant.meter("heard-of-again", "count", null, Map.of());
    }
}
