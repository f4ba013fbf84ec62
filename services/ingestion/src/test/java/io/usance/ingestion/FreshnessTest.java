package io.usance.ingestion;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class FreshnessTest {
    private final Tenant tenant = new Tenant();

    @Test
    void an_accepted_event_is_in_the_meter_within_a_second() {
        String meter = tenant.meter("m", "count", null, Map.of());
        tenant.accepts(event("0", "acme", "2026-01-01T10:00:00Z", "{}"));
        tenant.awaitStored(1);
        for (int i = 1; i <= 20; i++) {
            String expected = String.valueOf(i + 1);
            tenant.accepts(event("e" + i, "acme", "2026-01-01T10:00:00Z", "{}"));
            Eventually.holds(
                    Duration.ofSeconds(1),
                    () -> assertThat(tenant.answer(meter, "{}")
                                    .at("/data/0/value")
                                    .asText())
                            .isEqualTo(expected));
        }
    }
}
