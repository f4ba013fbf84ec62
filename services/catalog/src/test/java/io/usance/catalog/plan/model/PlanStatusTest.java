package io.usance.catalog.plan.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlanStatusTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void without_a_start_it_is_a_draft_for_ever() {
        assertThat(PlanStatus.at(Instant.MIN, null, null)).isEqualTo(PlanStatus.DRAFT);
        assertThat(PlanStatus.at(Instant.MAX, null, null)).isEqualTo(PlanStatus.DRAFT);
    }

    @Test
    void the_start_belongs_to_its_life_and_the_end_does_not() {
        Instant end = START.plusSeconds(10);
        assertThat(PlanStatus.at(START.minusNanos(1), START, end)).isEqualTo(PlanStatus.SCHEDULED);
        assertThat(PlanStatus.at(START, START, end)).isEqualTo(PlanStatus.ACTIVE);
        assertThat(PlanStatus.at(end.minusNanos(1), START, end)).isEqualTo(PlanStatus.ACTIVE);
        assertThat(PlanStatus.at(end, START, end)).isEqualTo(PlanStatus.ARCHIVED);
    }

    @Test
    void a_version_that_is_ended_in_the_moment_of_its_start_was_never_active() {
        assertThat(PlanStatus.at(START, START, START)).isEqualTo(PlanStatus.ARCHIVED);
    }

    @Property
    void time_moves_a_version_forward_only(
            @ForAll @IntRange(max = 100) int length,
            @ForAll @IntRange(min = -50, max = 150) int earlier,
            @ForAll @IntRange(max = 100) int passing) {
        Instant end = START.plusSeconds(length);
        PlanStatus before = PlanStatus.at(START.plusSeconds(earlier), START, end);
        PlanStatus after = PlanStatus.at(START.plusSeconds(earlier + passing), START, end);
        List<PlanStatus> life = List.of(PlanStatus.SCHEDULED, PlanStatus.ACTIVE, PlanStatus.ARCHIVED);
        assertThat(life.indexOf(after)).isGreaterThanOrEqualTo(life.indexOf(before));
    }

    @Test
    void what_is_in_force_is_neither_changed_nor_deleted() {
        assertThat(Arrays.stream(PlanStatus.values()).filter(PlanStatus::canBeChanged))
                .containsExactly(PlanStatus.DRAFT, PlanStatus.SCHEDULED);
        assertThat(Arrays.stream(PlanStatus.values()).filter(PlanStatus::canBePublished))
                .containsExactly(PlanStatus.DRAFT, PlanStatus.SCHEDULED);
        assertThat(Arrays.stream(PlanStatus.values()).filter(PlanStatus::canBeArchived))
                .containsExactly(PlanStatus.ACTIVE);
        assertThat(Arrays.stream(PlanStatus.values()).filter(PlanStatus::canBeDeleted))
                .containsExactly(PlanStatus.DRAFT, PlanStatus.SCHEDULED, PlanStatus.ARCHIVED);
    }

    @Test
    void names_on_the_wire_are_read_back() {
        for (PlanStatus status : PlanStatus.values()) {
            assertThat(PlanStatus.parse(status.wireName())).contains(status);
        }
        assertThat(PlanStatus.parse("DRAFT")).isEmpty();
    }
}
