package io.usance.subscription.subscription.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usance.kernel.time.BillingAnchor;
import io.usance.kernel.time.Cadence;
import io.usance.kernel.time.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermTest {
    private static final Instant START = Instant.parse("2026-01-31T10:23:45Z");
    private static final Cadence MONTH = Cadence.parse("P1M");

    private final Term open = Term.from(START, monthlyFrom(START), List.of());

    @Test
    void the_status_follows_from_the_times() {
        Term ending = open.cancel(new CancelTiming.NextBillingCycle(), at("2026-02-01T00:00:00Z"));

        assertThat(open.statusAt(START.minusSeconds(1))).isEqualTo(SubscriptionStatus.SCHEDULED);
        assertThat(open.statusAt(START)).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(ending.statusAt(at("2026-02-28T10:23:44Z"))).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(ending.statusAt(at("2026-02-28T10:23:45Z"))).isEqualTo(SubscriptionStatus.INACTIVE);
    }

    @Test
    void months_from_the_31st_are_clamped_and_do_not_drift() {
        assertThat(open.currentPeriodAt(at("2026-02-10T00:00:00Z")))
                .contains(new Period(START, at("2026-02-28T10:23:45Z")));
        assertThat(open.currentPeriodAt(at("2026-03-10T00:00:00Z")))
                .contains(new Period(at("2026-02-28T10:23:45Z"), at("2026-03-31T10:23:45Z")));
        assertThat(open.currentPeriodAt(at("2028-02-29T10:23:45Z")))
                .contains(new Period(at("2028-02-29T10:23:45Z"), at("2028-03-31T10:23:45Z")));
    }

    @Test
    void with_an_anchor_of_its_own_the_first_period_is_a_short_one() {
        Term anchored = Term.from(START, monthlyFrom(at("2026-01-01T00:00:00Z")), List.of());

        assertThat(anchored.currentPeriodAt(START)).contains(new Period(START, at("2026-02-01T00:00:00Z")));
        assertThat(anchored.currentPeriodAt(at("2026-02-01T00:00:00Z")))
                .contains(new Period(at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z")));
    }

    @Test
    void an_anchor_in_the_future_counts_backwards() {
        Term anchored = Term.from(START, monthlyFrom(at("2027-06-15T00:00:00Z")), List.of());

        assertThat(anchored.currentPeriodAt(START)).contains(new Period(START, at("2026-02-15T00:00:00Z")));
    }

    @Test
    void phases_follow_one_another_without_drift() {
        Term phased = Term.from(START, monthlyFrom(START), List.of(MONTH, MONTH));

        assertThat(phased.phases())
                .containsExactly(
                        new Span(START, at("2026-02-28T10:23:45Z")),
                        new Span(at("2026-02-28T10:23:45Z"), at("2026-03-31T10:23:45Z")),
                        new Span(at("2026-03-31T10:23:45Z"), null));
    }

    @Test
    void a_phase_ends_the_billing_period_that_it_begins_in() {
        Term trial = Term.from(START, monthlyFrom(START), List.of(Cadence.parse("P2W")));
        Instant trialEnd = at("2026-02-14T10:23:45Z");

        assertThat(trial.currentPeriodAt(START)).contains(new Period(START, trialEnd));
        assertThat(trial.currentPeriodAt(trialEnd)).contains(new Period(trialEnd, at("2026-02-28T10:23:45Z")));
        assertThat(trial.cancel(new CancelTiming.NextBillingCycle(), START).activeTo())
                .isEqualTo(trialEnd);
    }

    @Test
    void an_end_cuts_off_the_phases_after_it() {
        Term phased = Term.from(START, monthlyFrom(START), List.of(MONTH));

        Term endsInTheFirst = phased.cancel(new CancelTiming.Immediate(), at("2026-02-02T00:00:00.7Z"));
        assertThat(endsInTheFirst.phases()).containsExactly(new Span(START, at("2026-02-02T00:00:00Z")));
        Term endsWithTheFirst = phased.cancel(new CancelTiming.NextBillingCycle(), at("2026-02-02T00:00:00Z"));
        assertThat(endsWithTheFirst.phases()).containsExactly(new Span(START, at("2026-02-28T10:23:45Z")));
        Term endsInTheSecond = phased.cancel(new CancelTiming.Immediate(), at("2026-03-02T00:00:00Z"));
        assertThat(endsInTheSecond.phases())
                .containsExactly(
                        new Span(START, at("2026-02-28T10:23:45Z")),
                        new Span(at("2026-02-28T10:23:45Z"), at("2026-03-02T00:00:00Z")));
        assertThat(endsInTheFirst.unscheduleCancelation().phases()).isEqualTo(phased.phases());
    }

    @Test
    void an_immediate_end_is_on_the_whole_second_that_has_begun() {
        Term ended = open.cancel(new CancelTiming.Immediate(), START.plusMillis(1_700));

        assertThat(ended.activeTo()).isEqualTo(START.plusSeconds(1));
        assertThat(ended.statusAt(START.plusMillis(1_700))).isEqualTo(SubscriptionStatus.INACTIVE);
    }

    @Test
    void an_end_in_the_very_second_of_the_start_leaves_what_has_passed_of_it() {
        Term ended = open.cancel(new CancelTiming.Immediate(), START.plusMillis(700));

        assertThat(ended.activeTo()).isEqualTo(START.plusMillis(700));
        assertThat(ended.statusAt(START.plusMillis(700))).isEqualTo(SubscriptionStatus.INACTIVE);
        assertThat(ended.phases()).containsExactly(new Span(START, START.plusMillis(700)));
    }

    @Test
    void an_end_at_the_very_instant_of_the_start_leaves_a_microsecond() {
        assertThat(open.cancel(new CancelTiming.Immediate(), START).activeTo()).isEqualTo(START.plusNanos(1_000));
    }

    @Test
    void a_named_end_must_be_a_boundary_to_come() {
        Instant now = at("2026-02-10T00:00:00Z");
        Instant boundary = at("2026-05-31T10:23:45Z");

        assertThat(open.cancel(new CancelTiming.At(boundary), now).activeTo()).isEqualTo(boundary);
        assertThatThrownBy(() -> open.cancel(new CancelTiming.At(boundary.plusSeconds(1)), now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 2026-05-31T10:23:45Z to 2026-06-30T10:23:45Z");
        assertThatThrownBy(() -> open.cancel(new CancelTiming.At(START), now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in the future");
    }

    @Test
    void a_term_is_never_empty_and_its_phases_start_with_it_one_after_the_other() {
        BillingAnchor billing = monthlyFrom(START);
        assertThatThrownBy(() -> new Term(START, START, billing, List.of(START)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Term(START, null, billing, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Term(START, null, billing, List.of(START.plusSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Term(START, null, billing, List.of(START, START)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_can_be_done_follows_from_the_status() {
        assertThat(SubscriptionStatus.ACTIVE.allows(SubscriptionAction.CANCEL)).isTrue();
        assertThat(SubscriptionStatus.CANCELED.allows(SubscriptionAction.UNSCHEDULE_CANCELATION))
                .isTrue();
        assertThat(SubscriptionStatus.CANCELED.allows(SubscriptionAction.CANCEL))
                .isFalse();
        assertThat(SubscriptionStatus.ACTIVE.allows(SubscriptionAction.UNSCHEDULE_CANCELATION))
                .isFalse();
        for (SubscriptionAction action : SubscriptionAction.values()) {
            assertThat(SubscriptionStatus.INACTIVE.allows(action)).isFalse();
            assertThat(SubscriptionStatus.SCHEDULED.allows(action)).isFalse();
        }
    }

    private static BillingAnchor monthlyFrom(Instant anchor) {
        return new BillingAnchor(anchor, ZoneOffset.UTC, MONTH);
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
