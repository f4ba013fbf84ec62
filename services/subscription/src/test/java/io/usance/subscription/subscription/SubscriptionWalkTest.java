package io.usance.subscription.subscription;

import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.MovableClock;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walks through a customer's subscriptions with a moving clock, against a naive memory of what must hold. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class SubscriptionWalkTest {
    private static final int STEPS = 40;
    private static final List<Duration> PAUSES = List.of(
            Duration.ofNanos(1_000),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            Duration.ofDays(13),
            Duration.ofDays(31),
            Duration.ofDays(365));
    private static final List<String> PLANS = List.of("monthly", "weekly", "hourly", "phased");

    private final Api api = new Api(Namespaces.fresh());

    @AfterEach
    void let_the_clock_run() {
        MovableClock.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_is_done_a_customer_has_one_subscription_at_a_time_and_statuses_agree_with_times(long seed) {
        Random random = new Random(seed);
        publishPlans();
        MovableClock.set(Instant.parse("2031-01-31T23:59:59.999999Z"));
        String customer = api.customer("acme");
        List<String> known = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            List<Stretch> before = stretches(customer);
            switch (random.nextInt(5)) {
                case 0, 1 -> subscribe(customer, random, before, known);
                case 2 -> cancel(random, before, known);
                case 3 -> unschedule(random, before, known);
                default -> MovableClock.advance(PAUSES.get(random.nextInt(PAUSES.size())));
            }
            check(stretches(customer), MovableClock.now());
        }
        assertThat(known).isNotEmpty();
    }

    private void subscribe(String customer, Random random, List<Stretch> before, List<String> known) {
        int status = api.post(
                        SUBSCRIPTIONS,
                        Map.of(
                                "customer",
                                Map.of("id", customer),
                                "plan",
                                Map.of("key", PLANS.get(random.nextInt(PLANS.size())))))
                .extract()
                .statusCode();
        boolean free = before.stream().allMatch(stretch -> stretch.isOverAt(MovableClock.now()));
        assertThat(status).isEqualTo(free ? 201 : 409);
        if (free) {
            List<Stretch> after = stretches(customer);
            known.add(after.getLast().id());
            assertThat(after).hasSize(before.size() + 1);
        }
    }

    private void cancel(Random random, List<Stretch> before, List<String> known) {
        if (known.isEmpty()) {
            return;
        }
        String id = known.get(random.nextInt(known.size()));
        String timing = random.nextBoolean() ? "immediate" : "next_billing_cycle";
        int status = api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("timing", timing))
                .extract()
                .statusCode();
        assertThat(status).isEqualTo(find(before, id).end() == null ? 200 : 409);
    }

    private void unschedule(Random random, List<Stretch> before, List<String> known) {
        if (known.isEmpty()) {
            return;
        }
        String id = known.get(random.nextInt(known.size()));
        int status = api.call()
                .post(SUBSCRIPTIONS + "/" + id + "/unschedule-cancelation")
                .statusCode();
        Stretch stretch = find(before, id);
        boolean canGoOn = stretch.end() != null && !stretch.isOverAt(MovableClock.now());
        assertThat(status).isEqualTo(canGoOn ? 200 : 409);
    }

    private static void check(List<Stretch> stretches, Instant now) {
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            assertThat(stretch.start()).isBeforeOrEqualTo(now);
            assertThat(stretch.status()).isEqualTo(expectedStatus(stretch, now));
            if (stretch.end() != null) {
                assertThat(stretch.end()).isAfter(stretch.start());
            }
            if (i > 0) {
                assertThat(stretches.get(i - 1).end()).isNotNull().isBeforeOrEqualTo(stretch.start());
            }
            checkPeriod(stretch, now);
        }
    }

    private static void checkPeriod(Stretch stretch, Instant now) {
        if (stretch.isOverAt(now)) {
            assertThat(stretch.periodStart()).isNull();
            return;
        }
        assertThat(stretch.periodStart()).isBeforeOrEqualTo(now).isAfterOrEqualTo(stretch.start());
        assertThat(stretch.periodEnd()).isAfter(now);
        if (stretch.end() != null) {
            assertThat(stretch.periodEnd()).isBeforeOrEqualTo(stretch.end());
        }
    }

    private static String expectedStatus(Stretch stretch, Instant now) {
        if (stretch.end() == null) {
            return "active";
        }
        return stretch.isOverAt(now) ? "inactive" : "canceled";
    }

    private static Stretch find(List<Stretch> stretches, String id) {
        return stretches.stream()
                .filter(stretch -> stretch.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Stretch> stretches(String customer) {
        List<Map<String, Object>> shown = api.call()
                .queryParam("filter[customer_id]", customer)
                .queryParam("page[size]", "1000")
                .get(SUBSCRIPTIONS)
                .path("data");
        return shown.stream().map(Stretch::of).toList();
    }

    private void publishPlans() {
        CatalogServer.publish(api.namespace(), aPlan("monthly").build());
        CatalogServer.publish(api.namespace(), aPlan("weekly").every("P1W").build());
        CatalogServer.publish(api.namespace(), aPlan("hourly").every("PT1H").build());
        CatalogServer.publish(
                api.namespace(),
                aPlan("phased")
                        .phase("trial", "P2W")
                        .phase("ramp", "P1M")
                        .phase("full", null)
                        .build());
    }

    /** What the list shows of a subscription. */
    private record Stretch(
            String id, String status, Instant start, Instant end, Instant periodStart, Instant periodEnd) {
        static Stretch of(Map<String, Object> shown) {
            Map<?, ?> period = (Map<?, ?>) shown.get("current_period");
            return new Stretch(
                    (String) shown.get("id"),
                    (String) shown.get("status"),
                    time(shown.get("active_from")),
                    time(shown.get("active_to")),
                    period == null ? null : time(period.get("from")),
                    period == null ? null : time(period.get("to")));
        }

        boolean isOverAt(Instant now) {
            return end != null && !end.isAfter(now);
        }

        private static Instant time(Object text) {
            return text == null ? null : Instant.parse((String) text);
        }
    }
}
