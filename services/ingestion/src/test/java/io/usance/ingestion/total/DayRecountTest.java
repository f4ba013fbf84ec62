package io.usance.ingestion.total;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.usance.contracts.catalog.Meter;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.Tenant;
import io.usance.kernel.meter.MeterAggregation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DayRecountTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int SUBJECTS = 20;
    private static final int EVENTS_OF_SUBJECT = 10;
    private static final long EVENTS = SUBJECTS * EVENTS_OF_SUBJECT;

    @ParameterizedTest
    @EnumSource(MeterAggregation.class)
    void how_many_totals_are_held_does_not_show(MeterAggregation aggregation) {
        DayRecount few = new DayRecount(List.of(counting(aggregation)), EVENTS, 1, new ObjectMapper());
        DayRecount many = new DayRecount(List.of(counting(aggregation)), EVENTS, 1_000_000, new ObjectMapper());
        give(few);
        give(many);
        assertThat(few.events()).isEqualTo(EVENTS);
        assertThat(few.digests()).hasSize(1).isEqualTo(many.digests());
    }

    @Test
    void a_counting_without_usage_has_no_digest() {
        Counting other = counting(MeterAggregation.COUNT, "other");
        DayRecount recount = new DayRecount(List.of(other), EVENTS, 1, new ObjectMapper());
        give(recount);
        assertThat(recount.digests()).isEmpty();
    }

    @Test
    void more_events_than_may_be_read_are_refused() {
        DayRecount recount =
                new DayRecount(List.of(counting(MeterAggregation.COUNT)), EVENTS - 1, 1, new ObjectMapper());
        assertThatThrownBy(() -> give(recount)).isInstanceOf(DayRecount.TooManyEvents.class);
    }

    private static void give(DayRecount recount) {
        for (int subject = 0; subject < SUBJECTS; subject++) {
            for (int i = 0; i < EVENTS_OF_SUBJECT; i++) {
                Instant at = START.plusSeconds(i * 3_600L + subject);
                String name = "s" + subject;
                String body =
                        Tenant.event("e" + i, name, at.toString(), "{\"n\":" + i + ",\"model\":\"m" + i % 3 + "\"}");
                recount.accept(new UsageEvent("test", name + "-" + i, "request", name, at, body));
            }
        }
    }

    private static Counting counting(MeterAggregation aggregation) {
        return counting(aggregation, "request");
    }

    private static Counting counting(MeterAggregation aggregation, String type) {
        Meter meter = new Meter("01", "key", "name", aggregation, type, null, "$.n", Map.of("model", "$.model"));
        return new Counting("tenant", 1, meter, new Integer[0], new Long[0], null, null);
    }
}
