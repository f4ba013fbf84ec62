package io.usance.runtime.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class InboxTest {
    @Inject
    Inbox inbox;

    private final String namespace = Namespaces.fresh();
    private final AtomicInteger works = new AtomicInteger();

    @Test
    void an_event_is_worked_on_once_however_often_it_comes() {
        once(namespace, "event");
        once(namespace, "event");
        once(namespace, "another event");
        assertThat(works).hasValue(2);
    }

    @Test
    void the_same_id_of_another_tenant_is_another_event() {
        once(namespace, "event");
        once(Namespaces.fresh(), "event");
        assertThat(works).hasValue(2);
    }

    @Test
    void an_event_whose_work_failed_comes_again() {
        assertThatThrownBy(() -> Calls.call(() -> Panache.withTransaction(() -> inbox.once(
                        namespace, "event", () -> Uni.createFrom().failure(new IllegalStateException("no"))))))
                .hasMessage("no");
        once(namespace, "event");
        assertThat(works).hasValue(1);
    }

    @Test
    void two_at_the_same_time_work_once() throws InterruptedException {
        List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> once(namespace, "event")))
                .limit(8)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(works).hasValue(1);
    }

    @Test
    void nothing_is_taken_outside_a_transaction() {
        assertThatThrownBy(() ->
                        Calls.call(() -> Panache.withSession(() -> inbox.once(namespace, "event", this::work))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
        assertThat(works).hasValue(0);
    }

    @Test
    void what_is_older_than_the_retention_is_forgotten_and_nothing_else() {
        Database.update("""
                insert into runtime.inbox (namespace, event_id, received_at)
                select ?, 'old-' || n, now() - interval '14 days 1 minute' from generate_series(1, ?) as n
                """, namespace, Inbox.FORGET_SIZE_MAX + 1);
        Database.update(
                "insert into runtime.inbox values (?, 'young', now() - interval '13 days 23 hours')", namespace);

        Calls.call(inbox::forget);

        assertThat(Database.column("select event_id from runtime.inbox where namespace = ?", namespace))
                .containsExactly("young");
    }

    private void once(String tenant, String eventId) {
        Calls.call(() -> Panache.withTransaction(() -> inbox.once(tenant, eventId, this::work)));
    }

    private Uni<Void> work() {
        works.incrementAndGet();
        return Uni.createFrom().voidItem();
    }
}
