package io.usance.subscription.customer;

import static io.usance.subscription.Api.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.Together;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class AttributionRaceTest {
    private static final int CALLERS = 8;

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
        String one = api.customer(withSubjectKey("one", "a"));
        String two = api.customer(withSubjectKey("two", "b"));

        List<Integer> statuses = Together.run(List.of(() -> claim(one, "b"), () -> claim(two, "a")));

        assertThat(statuses).isSubsetOf(200, 409);
        assertThat(Database.count(
                        "select count(*) from subscription.customer_subject where namespace = ? and subject in ('a', 'b')",
                        api.namespace()))
                .isLessThanOrEqualTo(2);
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

    private int create(Map<String, ?> body) {
        return api.post(CUSTOMERS, body).extract().statusCode();
    }

    private int claim(String id, String subject) {
        return api.put(
                        CUSTOMERS + "/" + id,
                        Map.of("name", "A", "usage_attribution", Map.of("subject_keys", List.of(subject))))
                .extract()
                .statusCode();
    }

    private static Map<String, Object> withSubjectKey(String key, String subject) {
        return Map.of("key", key, "name", key, "usage_attribution", Map.of("subject_keys", List.of(subject)));
    }
}
