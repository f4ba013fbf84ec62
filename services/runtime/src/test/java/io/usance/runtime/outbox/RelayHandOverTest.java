package io.usance.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.ClientProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.KnownLamps;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.runtime.lamp.LampTopic;
import io.usance.runtime.lamp.Lamps;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas of one service: the relay of the application, and a second that is made here of the same parts. */
@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class RelayHandOverTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CHANGES = 150;

    @Inject
    Lamps lamps;

    @Inject
    OutboxRelay application;

    private final String namespace = Namespaces.fresh();
    private final LampTopic topic = new LampTopic(namespace);
    private final KnownLamps known = new KnownLamps(namespace);
    private OutboxRelay first;
    private OutboxRelay second;

    @BeforeEach
    void two_replicas() {
        first = ClientProxy.unwrap(application);
        second = new OutboxRelay();
        second.connections = first.connections;
        second.vertx = first.vertx;
        second.emitter = first.emitter;
        second.config = first.config;
        second.clock = first.clock;
        second.metrics = first.metrics;
        second.service = first.service;
        Eventually.holds(SOON, () -> assertThat(Sessions.leaders()).hasSize(1));
        second.start(null);
        Eventually.holds(SOON, () -> assertThat(Sessions.relays()).hasSize(2));
    }

    @AfterEach
    void only_the_application_goes_on() {
        second.stop(null);
        Eventually.holds(SOON, () -> assertThat(Sessions.relays()).hasSize(1));
        Eventually.holds(SOON, () -> assertThat(Sessions.leaders()).hasSize(1));
    }

    @Test
    void one_of_two_relays_publishes_and_the_other_takes_over_when_it_stops() {
        String leader = leader();
        recolor("hall");
        topic.await("hall", 1);

        first.stop(null);
        Eventually.holds(SOON, () -> assertThat(Sessions.leaders()).hasSize(1).doesNotContain(leader));
        recolor("hall");
        assertThat(topic.sequences("hall", 2)).containsExactly(1L, 2L);

        first.start(null);
        Eventually.holds(SOON, () -> assertThat(Sessions.relays()).hasSize(2));
        assertThat(Sessions.leaders()).hasSize(1);
    }

    @Test
    void the_lock_goes_to_and_fro_under_load_and_every_event_is_taken_once_and_in_order() {
        Thread writer =
                Thread.ofVirtual().start(() -> LongStream.range(0, CHANGES).forEach(n -> recolor("hall")));
        while (writer.isAlive()) {
            String leader = leader();
            io.usance.testkit.Database.column("select pg_terminate_backend(?)", Integer.parseInt(leader));
            Eventually.holds(
                    SOON, () -> assertThat(Sessions.leaders()).hasSize(1).doesNotContain(leader));
        }

        Eventually.holds(SOON, () -> assertThat(known.taken("hall")).isEqualTo(CHANGES));
        // All of them: a connection that is cut between publishing and deleting has some published twice.
        List<Long> firstTimes = topic.sequences("hall").stream().distinct().toList();
        assertThat(firstTimes)
                .isEqualTo(LongStream.rangeClosed(1, CHANGES).boxed().toList());
    }

    private static String leader() {
        List<String> leaders = Sessions.leaders();
        assertThat(leaders).hasSize(1);
        return leaders.getFirst();
    }

    private void recolor(String id) {
        Calls.call(() -> lamps.recolor(namespace, id, "red"));
    }
}
