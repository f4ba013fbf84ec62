package io.usance.ingestion.total;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.contracts.Topics;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class CountEventsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> AGGREGATIONS =
            List.of("sum", "count", "avg", "min", "max", "unique_count", "latest");

    @Inject
    KeepTotals keepTotals;

    private final Tenant tenant = new Tenant();

    @Test
    void a_question_about_whole_stretches_reads_no_event() {
        String meter = sum(tenant);
        tenant.accepts(event("1", "ann", "2026-03-01T10:20:00Z", 5), event("2", "bob", "2026-03-01T10:29:59Z", 7));
        tenant.awaitStored(2);
        tenant.awaitCounted();
        Database.update("delete from ingestion.event where namespace = ?", tenant.namespace());

        assertThat(value(meter, "{}")).isEqualTo("12");
        assertThat(value(meter, "{\"from\":\"2026-03-01T10:15:00Z\",\"to\":\"2026-03-01T10:30:00Z\"}"))
                .isEqualTo("12");
        assertThat(value(meter, "{\"filters\":{\"dimensions\":{\"subject\":\"ann\"}}}"))
                .isEqualTo("5");
        assertThat(value(meter, "{\"filters\":{\"dimensions\":{\"model\":\"m7\"}}}"))
                .isEqualTo("7");
        assertThat(value(meter, "{\"granularity\":\"P1D\",\"time_zone\":\"Asia/Kolkata\"}"))
                .isEqualTo("12");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void any_order_and_any_batching_gives_the_same_totals(long seed) {
        Random random = new Random(seed);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            String time = "2026-03-%02dT%02d:%02d:%02dZ"
                    .formatted(1 + random.nextInt(3), random.nextInt(24), random.nextInt(60), random.nextInt(60));
            String value = List.of("1", "1.0", "1.00", "-3", "1e2", "\"2.5\"", "12345678901234567890.123456789", "null")
                    .get(random.nextInt(8));
            events.add(Tenant.event(
                    "e" + i,
                    random.nextBoolean() ? "ann" : "bob",
                    time,
                    "{\"n\":" + value + ",\"model\":\"m" + random.nextInt(3) + "\"}"));
        }
        assertThat(totals(events, new Tenant(), random)).isEqualTo(totals(events, new Tenant(), random));
    }

    private static List<String> totals(List<String> events, Tenant of, Random random) {
        List<String> sent = new ArrayList<>(events);
        sent.addAll(events.subList(0, 20));
        Collections.shuffle(sent, random);
        int metersAfter = random.nextInt(sent.size());
        List<String> meters = new ArrayList<>();
        while (!sent.isEmpty()) {
            List<String> batch = sent.subList(0, Math.min(sent.size(), 1 + random.nextInt(40)));
            of.accepts(batch.toArray(String[]::new));
            batch.clear();
            if (sent.size() <= metersAfter && meters.isEmpty()) {
                AGGREGATIONS.forEach(aggregation -> meters.add(of.meter(
                        aggregation,
                        aggregation,
                        aggregation.equals("count") ? null : "$.n",
                        Map.of("model", "$.model"))));
            }
        }
        of.awaitStored(events.size());
        of.awaitCounted();
        return Database.column("""
                select concat_ws('|', c.definition::json ->> 'key', t.level, t.subject, t.starts_at, t.dimensions, t.count,
                    t.number, t.latest_source, t.latest_id, t.first_at, t.last_at,
                    (select string_agg(v.value, ',' order by v.value) from ingestion.total_value v
                     where v.counting_id = t.counting_id and v.namespace = t.namespace and v.level = t.level
                       and v.subject = t.subject and v.starts_at = t.starts_at and v.slice = t.slice))
                from ingestion.total t join ingestion.counting c on c.namespace = t.namespace and c.id = t.counting_id
                where t.namespace = ? order by 1
                """, of.namespace());
    }

    @Test
    void an_event_that_comes_late_is_in_answers_at_once_and_in_the_totals_once() {
        String meter = sum(tenant);
        tenant.accepts(event("1", "ann", "2026-03-01T10:20:00Z", 5));
        tenant.awaitStored(1);
        tenant.awaitCounted();
        keepTotals.stop();
        try {
            tenant.accepts(event("2", "ann", "2026-03-01T10:20:00Z", 7), event("1", "ann", "2026-03-01T10:20:00Z", 5));
            tenant.awaitStored(2);
            assertThat(lateEvents()).isEqualTo(1);
            assertThat(value(meter, "{}")).isEqualTo("12");
            assertThat(value(meter, "{\"filters\":{\"dimensions\":{\"subject\":\"ann\"}}}"))
                    .isEqualTo("12");
        } finally {
            keepTotals.start();
        }
        tenant.awaitCounted();
        assertThat(lateEvents()).isZero();
        assertThat(value(meter, "{}")).isEqualTo("12");
        assertThat(value(meter, "{\"filters\":{\"dimensions\":{\"subject\":\"ann\"}}}"))
                .isEqualTo("12");
    }

    @Test
    void a_meter_that_is_younger_than_its_events_counts_them_all_while_more_come() {
        for (int i = 0; i < 300; i++) {
            tenant.accepts(event("before" + i, "ann", "2026-03-01T10:20:00Z", 1));
        }
        tenant.awaitStored(300);
        tenant.awaitCounted();
        String meter = sum(tenant);
        for (int i = 0; i < 300; i++) {
            tenant.accepts(event("after" + i, "ann", "2026-03-01T10:20:00Z", 1));
        }
        tenant.awaitStored(600);
        assertThat(value(meter, "{}")).isEqualTo("600");
        tenant.awaitCounted();
        assertThat(value(meter, "{}")).isEqualTo("600");
        assertThat(countings(meter)).containsExactly("live");
    }

    @Test
    void a_meter_with_other_dimensions_is_counted_anew_and_a_renamed_one_is_not() {
        String meter = sum(tenant);
        tenant.accepts(event("1", "ann", "2026-03-01T10:20:00Z", 5), event("2", "bob", "2026-03-01T10:29:59Z", 7));
        tenant.awaitStored(2);
        tenant.awaitCounted();
        List<String> before = countingIds(meter);

        changed(meter, 2, "renamed", "model", "$.model");
        tenant.awaitCounted();
        assertThat(countingIds(meter)).isEqualTo(before);

        changed(meter, 3, "renamed", "which", "$.model");
        assertThat(value(meter, "{\"filters\":{\"dimensions\":{\"which\":\"m7\"}}}"))
                .isEqualTo("7");
        tenant.awaitCounted();
        assertThat(value(meter, "{\"filters\":{\"dimensions\":{\"which\":\"m7\"}}}"))
                .isEqualTo("7");
        assertThat(countingIds(meter)).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(Database.count(
                        "select count(*) from ingestion.total where namespace = ? and counting_id = ?",
                        tenant.namespace(),
                        Long.parseLong(before.getFirst())))
                .isZero();
    }

    @Test
    void nothing_is_kept_of_a_deleted_meter() {
        String meter = tenant.meter("visitors", "unique_count", "$.n", Map.of());
        tenant.accepts(event("1", "ann", "2026-03-01T10:20:00Z", 5));
        tenant.awaitStored(1);
        tenant.awaitCounted();
        assertThat(rows("total_value")).isPositive();
        tenant.publish(Topics.CATALOG, "MeterDeleted", meter, 2, JSON.createObjectNode());
        Eventually.holds(DEADLINE, () -> {
            assertThat(rows("total")).isZero();
            assertThat(rows("total_value")).isZero();
            assertThat(rows("counting")).isZero();
        });
    }

    @Test
    void the_database_lost_again_and_again_doubles_nothing_in_the_totals() {
        String meter = sum(tenant);
        for (int i = 0; i < 60; i++) {
            tenant.accepts(event("e" + i, "ann", "2026-03-01T10:20:00Z", 1));
            if (i % 10 == 0) {
                Database.column("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ingestion'");
            }
        }
        tenant.awaitStored(60);
        tenant.awaitCounted();
        assertThat(value(meter, "{}")).isEqualTo("60");
    }

    private long rows(String table) {
        return Database.count("select count(*) from ingestion." + table + " where namespace = ?", tenant.namespace());
    }

    private long lateEvents() {
        return rows("late_event");
    }

    private List<String> countings(String meter) {
        return Database.column(
                "select state from ingestion.counting where namespace = ? and meter_id = ?", tenant.namespace(), meter);
    }

    private List<String> countingIds(String meter) {
        return Database.column(
                "select id from ingestion.counting where namespace = ? and meter_id = ?", tenant.namespace(), meter);
    }

    private void changed(String meter, long sequence, String name, String dimension, String path) {
        ObjectNode changed = JSON.createObjectNode();
        changed.put("id", meter)
                .put("key", "sum")
                .put("name", name)
                .put("aggregation", "sum")
                .put("event_type", "request")
                .put("value_property", "$.n")
                .putObject("dimensions")
                .put(dimension, path);
        tenant.publish(
                Topics.CATALOG,
                "MeterUpdated",
                meter,
                sequence,
                JSON.createObjectNode().set("meter", changed));
        Eventually.holds(
                DEADLINE,
                () -> assertThat(Database.count(
                                "select sequence from ingestion.meter where namespace = ? and id = ?",
                                tenant.namespace(),
                                meter))
                        .isEqualTo(sequence));
    }

    private static String sum(Tenant of) {
        return of.meter("sum", "sum", "$.n", Map.of("model", "$.model"));
    }

    private static String event(String id, String subject, String time, int n) {
        return Tenant.event(id, subject, time, "{\"n\":" + n + ",\"model\":\"m" + n + "\"}");
    }

    private String value(String meter, String question) {
        return tenant.answer(meter, question).at("/data/0/value").asText();
    }
}
