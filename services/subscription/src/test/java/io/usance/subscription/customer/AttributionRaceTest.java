package io.usance.subscription.customer;

import static io.usance.subscription.Api.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.Together;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class AttributionRaceTest {
    private static final int CALLERS = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Api api = new Api(Namespaces.fresh());

    @Test
    void of_customers_that_are_created_at_once_with_one_key_there_is_one() throws Exception {
        List<Integer> statuses =
                Together.run(Collections.nCopies(CALLERS, () -> create(Map.of("key", "acme", "name", "Acme"))));

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void of_customers_that_claim_overlapping_subjects_at_once_no_two_get_one() throws Exception {
        List<Callable<Integer>> creations = IntStream.range(0, CALLERS)
                .<Callable<Integer>>mapToObj(i -> () -> create(Map.of(
                        "key",
                        "customer-" + i,
                        "name",
                        "Customer",
                        "usage_attribution",
                        // In different orders, so that callers who took them as given would wait for each other.
                        Map.of("subject_keys", i % 2 == 0 ? List.of("a", "b", "c") : List.of("c", "b", "a")))))
                .toList();

        assertThat(Together.run(creations)).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void two_customers_that_swap_their_subjects_at_once_do_not_wait_for_each_other_for_ever() throws Exception {
        String one = api.customer(withSubjectKeys("one", List.of("a")));
        String two = api.customer(withSubjectKeys("two", List.of("b")));

        List<Integer> statuses = Together.run(List.of(() -> claim(one, "b"), () -> claim(two, "a")));

        assertThat(statuses).isSubsetOf(200, 409);
        assertThat(Database.count(
                        "select count(*) from subscription.customer_subject where namespace = ? and subject in ('a', 'b')",
                        api.namespace()))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void what_one_customer_gives_back_for_another_can_be_what_a_second_takes_meanwhile() throws Exception {
        String one = api.customer(withSubjectKeys("one", List.of("a", "n")));

        // The first has taken m when it is held up, the second asks for a and m.
        assertThat(whileHeldUpAt(
                        "n", () -> claim(one, "m", "n"), () -> create(withSubjectKeys("two", List.of("a", "m")))))
                .containsExactly(200, 409);
        assertThat(create(withSubjectKeys("three", List.of("a")))).isEqualTo(201);
    }

    @Test
    void what_a_deleted_customer_gives_back_can_be_taken_meanwhile() throws Exception {
        String one = api.customer(withSubjectKeys("one", List.of("a", "m", "n")));
        // Found last from now on.
        Database.update("""
                with moved as (delete from subscription.customer_subject where namespace = ? and subject = 'a' returning *)
                insert into subscription.customer_subject
                select namespace, 'z', customer_id, is_subject_key from moved
                """, api.namespace());
        Database.update("""
                update subscription.customer_subject set subject = 'a' where namespace = ? and subject = 'z'
                """, api.namespace());

        assertThat(whileHeldUpAt(
                        "n",
                        () -> api.delete(CUSTOMERS + "/" + one).extract().statusCode(),
                        () -> create(withSubjectKeys("two", List.of("a", "m")))))
                .containsExactly(204, 201);
    }

    @Test
    void updates_of_one_customer_at_once_all_count() throws Exception {
        String id = api.customer("acme");

        List<Integer> statuses = Together.run(IntStream.range(0, CALLERS)
                .<Callable<Integer>>mapToObj(i -> () -> claim(id, "subject-" + i))
                .toList());

        assertThat(statuses).containsOnly(200);
        assertThat(Database.count(
                        "select sequence from subscription.customer where namespace = ? and id = ?",
                        api.namespace(),
                        id))
                .isEqualTo(1 + CALLERS);
        assertThat(Database.column(
                        "select subject from subscription.customer_subject where namespace = ? and is_subject_key",
                        api.namespace()))
                .isEqualTo(api.get(CUSTOMERS + "/" + id).extract().path("usage_attribution.subject_keys"));
    }

    /** Starts the two one after the other while somebody else has {@code subject} locked. */
    private List<Integer> whileHeldUpAt(String subject, Callable<Integer> first, Callable<Integer> second)
            throws Exception {
        try (Connection connection = Database.as("subscription");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement("""
                    select from subscription.customer_subject where namespace = ? and subject = ? for update
                    """)) {
                lock.setString(1, api.namespace());
                lock.setString(2, subject);
                lock.execute();
            }
            Future<Integer> one = threads.submit(first);
            awaitWaiting(1);
            Future<Integer> two = threads.submit(second);
            awaitWaiting(2);
            connection.rollback();
            return List.of(one.get(), two.get());
        }
    }

    private static void awaitWaiting(int count) {
        Eventually.holds(DEADLINE, () -> assertThat(Database.count("""
                                select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock' and query like '%customer_subject%'
                                """)).isEqualTo(count));
    }

    private int create(Map<String, ?> body) {
        return api.post(CUSTOMERS, body).extract().statusCode();
    }

    private int claim(String id, String... subjects) {
        return api.put(
                        CUSTOMERS + "/" + id,
                        Map.of("name", "A", "usage_attribution", Map.of("subject_keys", List.of(subjects))))
                .extract()
                .statusCode();
    }

    private static Map<String, Object> withSubjectKeys(String key, List<String> subjects) {
        return Map.of("key", key, "name", key, "usage_attribution", Map.of("subject_keys", subjects));
    }
}
