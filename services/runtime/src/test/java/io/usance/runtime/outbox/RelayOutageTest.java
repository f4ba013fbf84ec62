package io.usance.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.KnownLamps;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.runtime.lamp.LampTopic;
import io.usance.runtime.lamp.Lamps;
import io.usance.runtime.lamp.LogLines;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.KafkaBroker;
import io.usance.testkit.Namespaces;
import io.usance.testkit.Platform;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class RelayOutageTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    Lamps lamps;

    @Inject
    MeterRegistry metrics;

    private final String namespace = Namespaces.fresh();
    private final LampTopic topic = new LampTopic(namespace);
    private final KnownLamps known = new KnownLamps(namespace);

    @AfterEach
    void the_next_test_finds_a_relay_at_work() {
        LampPlatform.cable().mend();
        Eventually.holds(SOON, () -> recolor("last", "white"));
        topic.await("last", 1);
    }

    @Test
    void a_relay_that_dies_between_sending_and_deleting_sends_twice_and_is_taken_once() throws SQLException {
        try (Connection other = Platform.get().postgres().connect("usance")) {
            try (Statement statement = other.createStatement()) {
                statement.execute("select pg_advisory_lock(4711)");
                statement.execute("""
                        create function runtime.hold_back() returns trigger language plpgsql as $$
                        begin perform pg_advisory_xact_lock_shared(4711); return old; end $$
                        """);
                statement.execute("""
                        create trigger held_back before delete on runtime.outbox
                        for each row execute function runtime.hold_back()
                        """);
            }
            recolor("hall", "red");
            topic.await("hall", 1);
            kill(Sessions.relays());
        }

        List<String> sent = topic.await("hall", 2);
        assertThat(sent).hasSizeGreaterThanOrEqualTo(2).containsOnly(sent.getFirst());
        recolor("hall", "green");
        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("green"));
        assertThat(known.taken("hall")).isEqualTo(2);
        Database.update("drop function runtime.hold_back cascade");
    }

    @Test
    void a_broker_that_is_away_for_a_minute_delays_and_loses_nothing() {
        KafkaBroker kafka = Platform.get().kafka();
        try (LogLines log = new LogLines()) {
            kafka.close();
            try {
                recolor("hall", "red");
                recolor("hall", "green");
                recolor("hall", "blue");
                Eventually.holds(
                        SOON, () -> assertThat(log.with("outbox relay paused")).hasSize(1));
                recolor("hall", "white");
                Eventually.holds(SOON, () -> assertThat(gauge("outbox.pending")).isEqualTo(4));
                Eventually.holds(
                        MINUTE.plus(SOON),
                        () -> assertThat(gauge("outbox.oldest.age")).isGreaterThanOrEqualTo(MINUTE.toSeconds()));
            } finally {
                kafka.start();
            }

            assertThat(topic.colors("hall", 4)).containsExactly("red", "green", "blue", "white");
            Eventually.holds(
                    SOON, () -> assertThat(log.with("outbox relay resumed")).hasSize(1));
            assertThat(log.with("outbox relay paused")).hasSize(1);
            Eventually.holds(SOON, () -> assertThat(gauge("outbox.pending")).isZero());
            Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("white"));
            assertThat(known.taken("hall")).isEqualTo(4);
        }
    }

    @Test
    void order_holds_when_the_database_is_lost_while_the_broker_is_away() {
        KafkaBroker kafka = Platform.get().kafka();
        try (LogLines log = new LogLines()) {
            kafka.close();
            try {
                recolor("hall", "red");
                Eventually.holds(
                        SOON, () -> assertThat(log.with("outbox relay paused")).hasSize(1));
                LampPlatform.cable().cut();
                LampPlatform.cable().mend();
                Eventually.holds(SOON, () -> recolor("hall", "green"));
                Eventually.holds(
                        SOON, () -> assertThat(log.with("outbox relay started")).hasSize(1));
            } finally {
                kafka.start();
            }
        }

        // Red may come again: its first batch was acknowledged when there was nobody to delete it.
        recolor("hall", "blue");
        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("blue"));
        assertThat(topic.colors("hall", 3).stream().distinct()).containsExactly("red", "green", "blue");
        assertThat(known.taken("hall")).isEqualTo(3);
    }

    @Test
    void a_lost_database_is_found_again_and_what_was_committed_meanwhile_is_published() {
        try (LogLines log = new LogLines()) {
            LampPlatform.cable().cut();
            Eventually.holds(
                    SOON, () -> assertThat(log.with("outbox relay paused")).hasSize(1));
            assertThatThrownBy(() -> recolor("hall", "green")).isInstanceOf(RuntimeException.class);
            appendPastTheService("hall");
            LampPlatform.cable().mend();

            assertThat(topic.await("hall", 1)).containsExactly("past the service");
            Eventually.holds(
                    SOON, () -> assertThat(log.with("outbox relay resumed")).hasSize(1));
            assertThat(log.with("outbox relay paused")).hasSize(1);
        }
    }

    @Test
    void a_connection_on_which_nothing_comes_any_more_is_given_up() {
        try (LogLines log = new LogLines()) {
            LampPlatform.cable().stall();
            Eventually.holds(
                    SOON, () -> assertThat(log.with("outbox relay paused")).hasSize(1));
            appendPastTheService("hall");
            LampPlatform.cable().mend();

            assertThat(topic.await("hall", 1)).containsExactly("past the service");
        }
    }

    private void appendPastTheService(String id) {
        Database.update("""
                insert into runtime.outbox (namespace, topic, key, payload, traceparent, created_at)
                values (?, ?, ?, 'past the service', '', now())
                """, namespace, Lamps.TOPIC, namespace + "/" + id);
    }

    private static void kill(List<String> sessions) {
        assertThat(sessions).hasSize(1);
        Database.column("select pg_terminate_backend(?)", Integer.parseInt(sessions.getFirst()));
    }

    private void recolor(String id, String color) {
        Calls.call(() -> lamps.recolor(namespace, id, color));
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }
}
