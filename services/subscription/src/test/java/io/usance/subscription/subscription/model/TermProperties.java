package io.usance.subscription.subscription.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.time.BillingAnchor;
import io.usance.kernel.time.Cadence;
import io.usance.kernel.time.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class TermProperties {
    private static final long CENTURY_SECONDS = 3_155_760_000L;
    private static final int PERIODS = 40;

    @Property
    void the_billing_periods_of_a_running_term_tile_it(@ForAll("terms") Term term) {
        Instant next = term.activeFrom();
        for (int i = 0; i < PERIODS; i++) {
            Period period = term.currentPeriodAt(next).orElseThrow();
            assertThat(period.start()).isEqualTo(next);
            assertThat(term.currentPeriodAt(period.end().minusNanos(1_000))).contains(period);
            next = period.end();
        }
    }

    @Property
    void every_phase_starts_a_billing_period(@ForAll("terms") Term term) {
        for (Instant start : term.phaseStarts()) {
            assertThat(term.currentPeriodAt(start).orElseThrow().start()).isEqualTo(start);
        }
    }

    @Property
    void the_phases_tile_the_term_from_its_start_to_its_end(
            @ForAll("terms") Term term, @ForAll @LongRange(max = CENTURY_SECONDS) long micros) {
        Term ended = term.cancel(new CancelTiming.Immediate(), later(term, micros));

        for (Term any : List.of(term, ended)) {
            List<Span> phases = any.phases();
            assertThat(phases.getFirst().start()).isEqualTo(any.activeFrom());
            assertThat(phases.getLast().end()).isEqualTo(any.activeTo());
            for (int i = 1; i < phases.size(); i++) {
                assertThat(phases.get(i).start()).isEqualTo(phases.get(i - 1).end());
            }
        }
    }

    @Property
    void an_immediate_end_is_after_the_start_and_at_most_a_second_before_now(
            @ForAll("terms") Term term, @ForAll @LongRange(max = CENTURY_SECONDS) long micros) {
        Instant now = later(term, micros);
        Instant end = term.cancel(new CancelTiming.Immediate(), now).activeTo();

        assertThat(end).isAfter(term.activeFrom()).isAfter(now.minusSeconds(1)).isBeforeOrEqualTo(now.plusNanos(1_000));
    }

    @Property
    void the_end_with_the_billing_cycle_can_be_named_and_taken_back(
            @ForAll("terms") Term term, @ForAll @LongRange(max = CENTURY_SECONDS) long seconds) {
        Instant now = term.activeFrom().plusSeconds(seconds);
        Term ending = term.cancel(new CancelTiming.NextBillingCycle(), now);

        assertThat(ending.activeTo())
                .isEqualTo(term.currentPeriodAt(now).orElseThrow().end());
        assertThat(ending.statusAt(now)).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(term.cancel(new CancelTiming.At(ending.activeTo()), now)).isEqualTo(ending);
        assertThat(ending.unscheduleCancelation()).isEqualTo(term);
    }

    @Provide
    Arbitrary<Term> terms() {
        Arbitrary<Instant> instants = Arbitraries.longs()
                .between(
                        Instant.parse("2000-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2060-01-01T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
        Arbitrary<Cadence> cadences = Arbitraries.of("P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y", "PT1H")
                .map(Cadence::parse);
        Arbitrary<List<Cadence>> durations = Arbitraries.of("P1M", "P2W", "P1Y", "PT1H", "P1DT12H", "P3M")
                .map(Cadence::parse)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(instants, instants, cadences, durations)
                .as((start, anchor, cadence, phases) ->
                        Term.from(start, new BillingAnchor(anchor, ZoneOffset.UTC, cadence), phases));
    }

    private static Instant later(Term term, long micros) {
        return term.activeFrom().plusNanos(micros * 1_000);
    }
}
