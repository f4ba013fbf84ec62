package io.usance.invoicing.preview.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.FeatureMeter;
import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.subscription.Subscription;
import io.usance.kernel.price.Price;
import io.usance.kernel.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BillingPlanTest {
    private static final Instant JAN_31 = Instant.parse("2026-01-31T10:00:00Z");
    private static final Instant FEB_28 = Instant.parse("2026-02-28T10:00:00Z");
    private static final Instant MAR_31 = Instant.parse("2026-03-31T10:00:00Z");

    @Test
    void a_period_starts_with_the_subscription_and_months_are_clamped_without_drift() {
        Subscription subscription = open(JAN_31, JAN_31);

        assertThat(current(subscription, "2026-01-31T10:00:00Z")).contains(new Period(JAN_31, FEB_28));
        assertThat(current(subscription, "2026-02-28T09:59:59Z")).contains(new Period(JAN_31, FEB_28));
        assertThat(current(subscription, "2026-02-28T10:00:00Z")).contains(new Period(FEB_28, MAR_31));
    }

    @Test
    void before_it_begins_there_is_no_period() {
        assertThat(current(open(JAN_31, JAN_31), "2026-01-31T09:59:59Z")).isEmpty();
    }

    @Test
    void with_an_anchor_of_its_own_the_first_period_is_short() {
        Instant anchor = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(current(open(JAN_31, anchor), "2026-01-31T12:00:00Z"))
                .contains(new Period(JAN_31, Instant.parse("2026-02-01T00:00:00Z")));
    }

    @Test
    void an_ended_subscription_shows_its_last_period_for_one_cadence() {
        Instant end = Instant.parse("2026-02-10T00:00:00Z");
        Subscription ended = subscription(JAN_31, JAN_31, end, true, List.of());

        assertThat(current(ended, "2026-02-11T00:00:00Z")).contains(new Period(JAN_31, end));
        assertThat(current(ended, "2026-03-10T00:00:00Z")).isEmpty();
    }

    @Test
    void usage_falls_due_with_the_end_of_its_service() {
        Subscription subscription = subscription(JAN_31, JAN_31, null, true, List.of(usage("P1M")));

        assertThat(lines(subscription, new Period(JAN_31, FEB_28)))
                .extracting(PlannedLine::service)
                .containsExactly(new Period(JAN_31, FEB_28));
    }

    @Test
    void a_shorter_cadence_gives_several_lines_and_a_longer_one_waits() {
        Period january = new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
        Period march = new Period(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
        Instant start = january.start();

        assertThat(lines(subscription(start, start, null, true, List.of(usage("P1D"))), january))
                .hasSize(31);
        Subscription quarterly = subscription(start, start, null, true, List.of(usage("P3M")));
        assertThat(lines(quarterly, january)).isEmpty();
        assertThat(lines(quarterly, march))
                .extracting(PlannedLine::service)
                .containsExactly(new Period(start, march.end()));
    }

    @Test
    void a_fee_in_advance_falls_due_with_the_start_and_in_arrears_with_the_end() {
        RateCard advance = fee("P3M", "30", RateCard.IN_ADVANCE);
        RateCard arrears = fee("P3M", "30", RateCard.IN_ARREARS);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Subscription subscription = subscription(start, start, null, true, List.of(advance, arrears));
        Period january = new Period(start, Instant.parse("2026-02-01T00:00:00Z"));
        Period march = new Period(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));

        assertThat(terms(lines(subscription, january))).containsExactly(RateCard.IN_ADVANCE);
        assertThat(terms(lines(subscription, march))).containsExactly(RateCard.IN_ARREARS);
    }

    @Test
    void a_one_time_fee_falls_due_once() {
        Subscription subscription = subscription(JAN_31, JAN_31, null, true, List.of(fee(null, "99", null)));

        assertThat(lines(subscription, new Period(JAN_31, FEB_28))).hasSize(1);
        assertThat(lines(subscription, new Period(FEB_28, MAR_31))).isEmpty();
    }

    @Test
    void a_fee_for_a_part_of_its_period_is_prorated_by_whole_seconds() {
        // 871,482 of the 2,678,400 seconds of January are left when the subscription begins.
        Instant anchor = Instant.parse("2026-01-01T00:00:00Z");
        Instant start = Instant.parse("2026-02-01T00:00:00Z").minusSeconds(871_482);
        RateCard twenty = fee("P1M", "20", RateCard.IN_ADVANCE);
        Period first = new Period(start, Instant.parse("2026-02-01T00:00:00Z"));

        assertThat(amount(lines(subscription(start, anchor, null, true, List.of(twenty)), first)))
                .isEqualByComparingTo("6.51");
        assertThat(amount(lines(subscription(start, anchor, null, false, List.of(twenty)), first)))
                .isEqualByComparingTo("20");
    }

    @Test
    void free_makes_no_line() {
        RateCard free = card("P1M", new RateCardPrice.Free(), null);

        assertThat(lines(subscription(JAN_31, JAN_31, null, true, List.of(free)), new Period(JAN_31, FEB_28)))
                .isEmpty();
    }

    @Test
    void a_part_of_a_fee_is_rounded_once() {
        // A half of 10.005 is 5.0025; of 10.01, what the whole rounds to, it would be 5.005 and 5.01.
        Instant anchor = Instant.parse("2026-01-31T00:00:00Z");
        Instant start = Instant.parse("2026-02-14T00:00:00Z");
        Period rest = new Period(start, Instant.parse("2026-02-28T00:00:00Z"));

        assertThat(amount(lines(subscription(start, anchor, null, true, List.of(fee("P1M", "10.005", null))), rest)))
                .isEqualByComparingTo("5.00");
    }

    @Test
    void a_part_of_a_fee_that_rounds_to_nothing_makes_no_line() {
        Instant end = JAN_31.plusSeconds(1);
        Subscription subscription = subscription(JAN_31, JAN_31, end, true, List.of(fee("P1M", "20", null)));

        assertThat(lines(subscription, new Period(JAN_31, end))).isEmpty();
    }

    @Test
    void periods_are_in_whole_seconds() {
        // Canceled in the second of its start, and followed by another one in the same second.
        Instant change = JAN_31.plusMillis(600);
        List<RateCard> cards = List.of(usage("P1M"), fee("P1M", "100000", RateCard.IN_ADVANCE));
        Subscription canceled = subscription(JAN_31, JAN_31, change, true, cards);
        Subscription next = subscription(change, JAN_31, null, true, cards);
        Period whole = new Period(JAN_31, FEB_28);

        assertThat(current(canceled, "2026-01-31T10:00:01Z")).isEmpty();
        assertThat(lines(canceled, whole)).isEmpty();
        assertThat(current(next, "2026-01-31T10:00:01Z")).contains(whole);
        assertThat(lines(next, whole)).extracting(PlannedLine::service).containsExactly(whole, whole);
        assertThat(amount(lines(next, whole).subList(1, 2))).isEqualByComparingTo("100000");
    }

    @Test
    void a_phase_ends_the_billing_period_that_it_ends_in() {
        Instant change = Instant.parse("2026-02-10T00:00:00Z");
        Subscription subscription = twoPhases(change, fee("P1M", "20", RateCard.IN_ADVANCE));
        Period trial = new Period(JAN_31, change);
        Period paid = new Period(change, FEB_28);

        assertThat(current(subscription, "2026-02-09T23:59:59Z")).contains(trial);
        assertThat(current(subscription, "2026-02-10T00:00:00Z")).contains(paid);
        assertThat(current(subscription, "2026-02-28T10:00:00Z")).contains(new Period(FEB_28, MAR_31));
        assertThat(lines(subscription, trial)).extracting(PlannedLine::service).containsExactly(trial);
        assertThat(lines(subscription, paid)).extracting(PlannedLine::service).containsExactly(paid);
    }

    @Test
    void phases_split_the_period() {
        Instant change = Instant.parse("2026-02-10T00:00:00Z");

        assertThat(lines(twoPhases(change, usage("P1M")), new Period(JAN_31, FEB_28)))
                .extracting(PlannedLine::service)
                .containsExactly(new Period(JAN_31, change), new Period(change, FEB_28));
    }

    private static Subscription twoPhases(Instant change, RateCard card) {
        return new Subscription(
                "s",
                "c",
                null,
                "Plan",
                "USD",
                "P1M",
                JAN_31,
                JAN_31,
                null,
                true,
                "credit_then_invoice",
                List.of(
                        new Subscription.Phase(
                                "p1",
                                "trial",
                                "Trial",
                                null,
                                JAN_31,
                                change,
                                List.of(new Subscription.Item("i1", JAN_31, change, card))),
                        new Subscription.Phase(
                                "p2",
                                "paid",
                                "Paid",
                                null,
                                change,
                                null,
                                List.of(new Subscription.Item("i2", change, null, card)))),
                List.of(feature()));
    }

    private static Optional<Period> current(Subscription subscription, String now) {
        return BillingPlan.currentPeriod(subscription, Instant.parse(now));
    }

    private static List<PlannedLine> lines(Subscription subscription, Period billing) {
        return BillingPlan.lines(subscription, billing);
    }

    private static List<String> terms(List<PlannedLine> lines) {
        return lines.stream().map(line -> line.item().rateCard().paymentTerm()).toList();
    }

    private static BigDecimal amount(List<PlannedLine> lines) {
        return ((Price.Flat) lines.getFirst().price()).amount();
    }

    private static Subscription open(Instant start, Instant anchor) {
        return subscription(start, anchor, null, true, List.of());
    }

    private static Subscription subscription(
            Instant start, Instant anchor, Instant end, boolean proRating, List<RateCard> cards) {
        List<Subscription.Item> items = cards.stream()
                .map(card -> new Subscription.Item("i", start, end, card))
                .toList();
        return new Subscription(
                "s",
                "c",
                null,
                "Plan",
                "USD",
                "P1M",
                anchor,
                start,
                end,
                proRating,
                "credit_then_invoice",
                List.of(new Subscription.Phase("p", "default", "Default", null, start, end, items)),
                List.of(feature()));
    }

    private static Feature feature() {
        return new Feature("f", "runs", "Runs", new FeatureMeter("m", null));
    }

    private static RateCard usage(String cadence) {
        return new RateCard(
                "runs",
                "Runs",
                null,
                null,
                new FeatureReference("f"),
                null,
                cadence,
                new RateCardPrice.Unit(BigDecimal.ONE),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static RateCard fee(String cadence, String amount, String term) {
        return card(cadence, new RateCardPrice.Flat(new BigDecimal(amount)), term);
    }

    private static RateCard card(String cadence, RateCardPrice price, String term) {
        return new RateCard("fee", "Fee", null, null, null, null, cadence, price, null, term, null, null, null, null);
    }
}
