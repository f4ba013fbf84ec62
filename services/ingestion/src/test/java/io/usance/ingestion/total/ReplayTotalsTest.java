package io.usance.ingestion.total;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usance.contracts.Topics;
import io.usance.ingestion.LogLines;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Platform;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay is of all tenants, so each of these tests has the place for itself. */
@QuarkusTest
@TestProfile(ReplayTotalsTest.SmallSteps.class)
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class ReplayTotalsTest {
    /** Small portions, so that a replay has many steps. */
    public static class SmallSteps implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ingestion.total.portion-size-max", "50",
                    "ingestion.total.pause", "50ms",
                    "ingestion.replay.meters-max", String.valueOf(METERS_MAX),
                    "ingestion.replay.copy-size-max", "7",
                    "ingestion.replay.pause", "50ms",
                    "ingestion.check.enabled", "false",
                    "ingestion.check.day-events-max", String.valueOf(DAY_EVENTS_MAX));
        }
    }

    private static final int METERS_MAX = 7;
    private static final int DAY_EVENTS_MAX = 4_000;
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> AGGREGATIONS =
            List.of("sum", "count", "avg", "min", "max", "unique_count", "latest");
    private static final List<String> VALUES = List.of(
            "1", "1.0", "-3.25", "1e2", "\"2.5\"", "12345678901234567890.123456789", "null", "\"NaN\"", "\"many\"");

    @Inject
    KeepTotals keepTotals;

    @Inject
    TendTotals tendTotals;

    @Inject
    CheckTotals check;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "usance.postgres.password")
    String password;

    private final Tenant tenant = new Tenant();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, String> meters = new HashMap<>();

    /** @param value as written in JSON */
    private record Sent(String id, String subject, String time, String value) {
        String json() {
            return Tenant.event(id, subject, time, "{\"n\":" + value + ",\"model\":\"m" + value.length() % 3 + "\"}");
        }

        /** Null if it is none. */
        BigDecimal number() {
            try {
                return new BigDecimal(value.replace("\"", ""));
            } catch (NumberFormatException none) {
                return null;
            }
        }
    }

    /** What the command has said, and what it ended with. */
    private record Told(int code, List<String> lines) {
        List<String> of(String namespace, String meter) {
            return lines.stream()
                    .filter(line -> line.startsWith(namespace + " " + meter + " "))
                    .toList();
        }
    }

    @BeforeEach
    void nobody_else_is_there() {
        Eventually.holds(DEADLINE, tenant::awaitCounted);
        Database.update("update ingestion.counting set state = 'retired' where state <> 'retired'");
        Database.update("delete from ingestion.event");
        Database.update("delete from ingestion.checked_day");
        Eventually.holds(DEADLINE, tenant::awaitCounted);
    }

    @AfterEach
    void nothing_was_ever_dropped() {
        Database.update("delete from ingestion.event_retention");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_replay_changes_nothing_while_events_come_and_questions_are_answered(long seed) {
        Random random = new Random(seed);
        AGGREGATIONS.forEach(aggregation -> meters.put(aggregation, meter(aggregation)));
        send(random, 400);
        tenant.awaitStored(sent.size());
        tenant.awaitCounted();
        List<String> before = countingIds();

        CompletableFuture<Told> replay = CompletableFuture.supplyAsync(this::replay);
        while (!replay.isDone()) {
            send(random, 20);
            tenant.awaitStored(sent.size());
            assertAnswers();
        }
        Told told = replay.join();

        meters.values()
                .forEach(meter -> assertThat(told.of(tenant.namespace(), meter))
                        .isNotEmpty()
                        .allMatch(line -> line.endsWith(" equal")));
        assertThat(told.code()).isEqualTo(ReplayCommand.SAME);
        assertThat(told.lines().getLast())
                .contains(" is over: 7 meters compared, 0 went")
                .endsWith(" 0 differ.");
        assertThat(countingIds()).hasSize(AGGREGATIONS.size()).doesNotContainAnyElementsOf(before);
        assertThat(before)
                .allSatisfy(id -> assertThat(Database.count(
                                "select count(*) from ingestion.total where namespace = ? and counting_id = ?",
                                tenant.namespace(),
                                Long.parseLong(id)))
                        .isZero());
        tenant.awaitCounted();
        assertAnswers();
        checkAll();
        assertThat(disagreeing()).isEmpty();
    }

    @Test
    void whoever_dies_during_a_replay_nothing_is_lost_or_doubled() {
        Random random = new Random(7);
        AGGREGATIONS.forEach(aggregation -> meters.put(aggregation, meter(aggregation)));
        List<String> more = AGGREGATIONS.stream().map(this::meter).toList();
        send(random, 600);
        tenant.awaitStored(sent.size());
        tenant.awaitCounted();

        CompletableFuture<Told> replay = CompletableFuture.supplyAsync(this::replay);
        for (int i = 0; i < 8 && !replay.isDone(); i++) {
            send(random, 10);
            tendTotals.stop();
            keepTotals.stop();
            Database.column(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ingestion'");
            keepTotals.start();
            tendTotals.start();
            assertThat(Database.count("select count(*) from ingestion.replay_meter where state = 'rebuilding'"))
                    .isLessThanOrEqualTo(METERS_MAX);
        }
        Told told = replay.join();
        assertThat(told.code()).isEqualTo(ReplayCommand.SAME);
        more.forEach(meter -> assertThat(told.of(tenant.namespace(), meter)).isNotEmpty());

        meters.values()
                .forEach(meter -> assertThat(told.of(tenant.namespace(), meter))
                        .isNotEmpty()
                        .allMatch(line -> line.endsWith(" equal")));
        tenant.awaitStored(sent.size());
        tenant.awaitCounted();
        assertAnswers();
        checkAll();
        assertThat(disagreeing()).isEmpty();
    }

    @Test
    void a_total_that_is_not_what_its_events_give_is_found_by_the_check_and_mended_by_a_replay() {
        String meter = meter("sum");
        sent(new Sent("1", "ann", "2026-03-01T10:20:00Z", "5"));
        sent(new Sent("2", "ann", "2026-03-02T10:20:00Z", "7"));
        tenant.awaitStored(2);
        tenant.awaitCounted();
        checkAll();
        assertThat(disagreeing()).isEmpty();

        int changed = Database.update("""
                update ingestion.total set number = number + 1
                where namespace = ? and level = 900 and subject = 'ann' and starts_at = '2026-03-02T10:15:00Z'
                """, tenant.namespace());
        assertThat(changed).isEqualTo(1);
        try (LogLines log = new LogLines()) {
            checkAll();
            assertThat(log.with("totals and events disagree namespace=" + tenant.namespace()))
                    .containsExactly("totals and events disagree namespace=" + tenant.namespace() + " meter=" + meter
                            + " day=2026-03-02");
        }
        assertThat(disagreeing()).containsExactly("2026-03-02 " + meter);
        assertGauge();

        Told told;
        try (LogLines log = new LogLines()) {
            told = replay();
            assertThat(log.with("totals were not what the events give, and are now namespace=" + tenant.namespace()))
                    .singleElement()
                    .asString()
                    .contains("meter=" + meter + " day=2026-03-02 before=");
        }
        assertThat(told.code()).isEqualTo(ReplayCommand.DIFFERENT);
        assertThat(told.of(tenant.namespace(), meter)).hasSize(2);
        assertThat(told.of(tenant.namespace(), meter).getFirst())
                .contains(" 2026-03-01 ")
                .endsWith(" equal");
        assertThat(told.of(tenant.namespace(), meter).getLast())
                .contains(" 2026-03-02 ")
                .endsWith(" DIFFERENT");
        assertThat(disagreeing()).isEmpty();
        assertThat(value(
                        meter,
                        "{\"from\":\"2026-03-02T10:15:00Z\",\"to\":\"2026-03-02T10:30:00Z\","
                                + "\"filters\":{\"dimensions\":{\"subject\":\"ann\"}}}"))
                .isEqualTo("7");
        checkAll();
        assertThat(disagreeing()).isEmpty();

        assertThat(replay().code()).isEqualTo(ReplayCommand.SAME);
    }

    @Test
    void a_total_that_is_missing_or_has_no_events_is_found() {
        String sum = meter("sum");
        String visitors = meter("unique_count");
        sent(new Sent("1", "ann", "2026-03-01T10:20:00Z", "5"));
        tenant.awaitStored(1);
        tenant.awaitCounted();
        checkAll();
        Database.update(
                "delete from ingestion.total where namespace = ? and counting_id ="
                        + " (select id from ingestion.counting where meter_id = ?)",
                tenant.namespace(),
                sum);
        Database.update("update ingestion.total_value set value = 'x' where namespace = ?", tenant.namespace());
        checkAll();
        assertThat(disagreeing()).containsExactlyInAnyOrder("2026-03-01 " + sum, "2026-03-01 " + visitors);

        replay();
        assertThat(disagreeing()).isEmpty();
        Database.update("delete from ingestion.event where namespace = ?", tenant.namespace());
        // Be it on a day that was never compared before.
        Database.update("delete from ingestion.checked_day where namespace = ?", tenant.namespace());
        checkAll();
        assertThat(disagreeing()).containsExactlyInAnyOrder("2026-03-01 " + sum, "2026-03-01 " + visitors);
    }

    @Test
    void a_day_with_too_many_events_is_not_checked_and_that_is_said() {
        meter("count");
        List<String> events = new ArrayList<>();
        for (int i = 0; i <= DAY_EVENTS_MAX; i++) {
            events.add(Tenant.event("e" + i, "ann", "2026-03-01T10:20:00Z", "{}"));
        }
        tenant.accepts(events.toArray(String[]::new));
        tenant.accepts(Tenant.event("other", "ann", "2026-03-02T10:20:00Z", "{}"));
        tenant.awaitStored(events.size() + 1);
        tenant.awaitCounted();
        Database.update("update ingestion.total set count = count + 1 where namespace = ?", tenant.namespace());
        try (LogLines log = new LogLines()) {
            checkAll();
            assertThat(log.with("totals were not checked"))
                    .containsExactly("totals were not checked, the day has more than " + DAY_EVENTS_MAX
                            + " events namespace=" + tenant.namespace() + " day=2026-03-01");
            assertThat(log.with("totals and events disagree"))
                    .singleElement()
                    .asString()
                    .endsWith("day=2026-03-02");
        }
    }

    @Test
    void a_meter_that_goes_or_changes_during_a_replay_is_left_alone() throws SQLException {
        String goes = meter("unique_count");
        String changes = meter("sum");
        send(new Random(3), 200);
        tenant.awaitStored(sent.size());
        tenant.awaitCounted();

        CompletableFuture<Told> replay;
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('ingestion:history', 0))");
            replay = CompletableFuture.supplyAsync(this::replay);
            awaitTask(goes, "rebuilding");
            awaitTask(changes, "rebuilding");
            tenant.publish(Topics.CATALOG, "MeterDeleted", goes, 2, JSON.createObjectNode());
            withOtherDimensions(changes);
            awaitTask(goes, "gone");
            awaitTask(changes, "gone");
        }
        Told told = replay.join();

        assertThat(told.of(tenant.namespace(), goes)).isEmpty();
        assertThat(told.of(tenant.namespace(), changes)).isEmpty();
        tenant.awaitCounted();
        Eventually.holds(
                DEADLINE,
                () -> assertThat(Database.column(
                                "select meter_id || ' ' || state from ingestion.counting where namespace = ?",
                                tenant.namespace()))
                        .containsExactly(changes + " live"));
        assertThat(Database.count("select count(*) from ingestion.total_value where namespace = ?", tenant.namespace()))
                .isZero();
        assertThat(value(changes, "{}")).isEqualTo(byHand("sum"));
    }

    @Test
    void totals_whose_events_were_dropped_are_kept_and_not_said_to_disagree() throws SQLException {
        AGGREGATIONS.forEach(aggregation -> meters.put(aggregation, meter(aggregation)));
        send(new Random(4), 300);
        tenant.awaitStored(sent.size());
        tenant.awaitCounted();
        checkAll();
        drop("2026-03-02T10:00:00Z");
        checkAll();
        assertThat(disagreeing()).isEmpty();

        CompletableFuture<Told> replay;
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('ingestion:history', 0))");
            replay = CompletableFuture.supplyAsync(this::replay);
            meters.values().forEach(meter -> awaitTask(meter, "rebuilding"));
            Eventually.holds(
                    DEADLINE,
                    () -> assertThat(Database.count(
                                    "select count(*) from ingestion.replay_meter where namespace = ? and not copied",
                                    tenant.namespace()))
                            .isZero());
            // Late, for a day that was copied already.
            sent(new Sent("late", "ann", "2026-03-01T10:20:00Z", "1000"));
            tenant.awaitStored(sent.size() - dropped());
            Eventually.holds(
                    DEADLINE,
                    () -> assertThat(Database.count(
                                    "select count(*) from ingestion.event_position where last_seq > counted_seq"))
                            .isZero());
            // More events go while the second countings are to read them.
            drop("2026-03-03T00:00:00Z");
        }
        Told told = replay.join();

        meters.values()
                .forEach(meter -> assertThat(told.of(tenant.namespace(), meter))
                        .hasSize(3)
                        .satisfies(lines -> {
                            assertThat(lines.subList(0, 2)).allMatch(line -> line.endsWith(" copied"));
                            assertThat(lines.getLast()).endsWith(" equal");
                        }));
        tenant.awaitCounted();
        AGGREGATIONS.forEach(aggregation ->
                assertThat(value(meters.get(aggregation), "{}")).as(aggregation).isEqualTo(byHand(aggregation)));
        checkAll();
        assertThat(disagreeing()).isEmpty();
    }

    @Test
    void a_database_that_cannot_be_used_is_said_in_one_line() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ReplayCommand.run(
                Map.of(
                        "USANCE_POSTGRES_ADDRESS",
                        Platform.get().postgres().address(),
                        "USANCE_POSTGRES_ROLE",
                        "nobody"),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(ReplayCommand.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("The replay cannot be watched: ");
    }

    // ------------------------------------------------------------------------------------------------ events, by hand

    private void sent(Sent event) {
        sent.add(event);
        tenant.accepts(event.json());
    }

    /** Over the first three days of March; in batches, some of them twice. */
    private void send(Random random, int count) {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String time = "2026-03-%02dT%02d:%02d:%02dZ"
                    .formatted(1 + random.nextInt(3), random.nextInt(24), random.nextInt(60), random.nextInt(60));
            Sent event = new Sent(
                    "e" + sent.size(),
                    random.nextBoolean() ? "ann" : "bob",
                    time,
                    VALUES.get(random.nextInt(VALUES.size())));
            sent.add(event);
            batch.add(event.json());
            if (random.nextInt(20) == 0) {
                batch.add(sent.get(random.nextInt(sent.size())).json());
            }
        }
        tenant.accepts(batch.toArray(String[]::new));
    }

    private void assertAnswers() {
        AGGREGATIONS.forEach(aggregation -> {
            assertThat(value(meters.get(aggregation), "{}")).as(aggregation).isEqualTo(byHand(aggregation));
        });
    }

    private String byHand(String aggregation) {
        List<BigDecimal> numbers =
                sent.stream().map(Sent::number).filter(Objects::nonNull).toList();
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return switch (aggregation) {
            case "sum" -> text(sum);
            case "count" -> String.valueOf(sent.size());
            case "avg" -> text(sum.divide(BigDecimal.valueOf(numbers.size()), 18, RoundingMode.HALF_UP));
            case "min" -> text(numbers.stream().min(BigDecimal::compareTo).orElseThrow());
            case "max" -> text(numbers.stream().max(BigDecimal::compareTo).orElseThrow());
            case "unique_count" ->
                String.valueOf(sent.stream()
                        .map(event -> event.number() == null ? event.value().replace("\"", "") : plain(event))
                        .filter(value -> !value.equals("null"))
                        .distinct()
                        .count());
            default ->
                text(sent.stream()
                        .filter(event -> event.number() != null)
                        .max(java.util.Comparator.comparing(Sent::time).thenComparing(Sent::id))
                        .orElseThrow()
                        .number());
        };
    }

    private static String plain(Sent event) {
        return event.number().toPlainString();
    }

    private static String text(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private String value(String meter, String question) {
        return text(new BigDecimal(
                tenant.answer(meter, question).at("/data/0/value").asText()));
    }

    // ------------------------------------------------------------------------------------------------ meters

    private String meter(String aggregation) {
        return tenant.meter(
                aggregation, aggregation, aggregation.equals("count") ? null : "$.n", Map.of("model", "$.model"));
    }

    private void withOtherDimensions(String meter) {
        ObjectNode changed = JSON.createObjectNode();
        changed.put("id", meter)
                .put("key", "sum")
                .put("name", "sum")
                .put("aggregation", "sum")
                .put("event_type", "request")
                .put("value_property", "$.n")
                .putObject("dimensions");
        JsonNode data = JSON.createObjectNode().set("meter", changed);
        tenant.publish(Topics.CATALOG, "MeterUpdated", meter, 2, data);
    }

    private List<String> countingIds() {
        return Database.column(
                "select id from ingestion.counting where namespace = ? and state <> 'retired'", tenant.namespace());
    }

    // ------------------------------------------------------------------------------------------------ replay and check

    private Told replay() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ReplayCommand.run(
                Map.of(
                        "USANCE_POSTGRES_ADDRESS",
                        Platform.get().postgres().address(),
                        "USANCE_POSTGRES_PASSWORD",
                        password),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return new Told(code, said.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private void awaitTask(String meter, String state) {
        Eventually.holds(
                DEADLINE,
                () -> assertThat(Database.column(
                                "select state from ingestion.replay_meter where namespace = ? and meter_id = ?",
                                tenant.namespace(),
                                meter))
                        .containsExactly(state));
    }

    /** As retention does. */
    private void drop(String keptFrom) {
        Database.update("insert into ingestion.event_retention (kept_from) values (?::timestamptz)", keptFrom);
        Database.update(
                "delete from ingestion.event where namespace = ? and occurred_at < ?::timestamptz",
                tenant.namespace(),
                keptFrom);
    }

    private long dropped() {
        return sent.stream()
                .filter(event -> event.time().compareTo("2026-03-02T10:00:00Z") < 0
                        && !event.id().equals("late"))
                .count();
    }

    /** A whole check, from its beginning to its end. */
    private void checkAll() {
        Eventually.holds(
                DEADLINE,
                () -> assertThat(check.begin().await().atMost(DEADLINE)).isTrue());
        Eventually.holds(DEADLINE, () -> {
            while (Database.count("select count(*) from ingestion.totals_check where ended_at is null") > 0) {
                check.next().await().atMost(DEADLINE);
            }
        });
    }

    /** Days and meters of this test. */
    private List<String> disagreeing() {
        return Database.column(
                "select day || ' ' || unnest(disagreeing) from ingestion.checked_day where namespace = ? order by 1",
                tenant.namespace());
    }

    private void assertGauge() {
        Eventually.holds(
                DEADLINE,
                () -> assertThat(metrics.get("ingestion.totals.disagreeing")
                                .gauge()
                                .value())
                        .isPositive());
    }
}
