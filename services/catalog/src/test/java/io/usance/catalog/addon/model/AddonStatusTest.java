package io.usance.catalog.addon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AddonStatusTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void without_a_start_it_is_a_draft_for_ever() {
        assertThat(AddonStatus.at(Instant.MIN, null, null)).isEqualTo(AddonStatus.DRAFT);
        assertThat(AddonStatus.at(Instant.MAX, null, null)).isEqualTo(AddonStatus.DRAFT);
    }

    @Test
    void the_end_does_not_belong_to_its_life() {
        Instant end = START.plusSeconds(10);
        assertThat(AddonStatus.at(START, START, null)).isEqualTo(AddonStatus.ACTIVE);
        assertThat(AddonStatus.at(end.minusNanos(1), START, end)).isEqualTo(AddonStatus.ACTIVE);
        assertThat(AddonStatus.at(end, START, end)).isEqualTo(AddonStatus.ARCHIVED);
    }

    @Test
    void what_was_published_by_a_clock_that_is_ahead_is_active() {
        assertThat(AddonStatus.at(START.minusSeconds(1), START, null)).isEqualTo(AddonStatus.ACTIVE);
    }

    @Property
    void time_moves_a_version_forward_only(
            @ForAll @IntRange(max = 100) int length,
            @ForAll @IntRange(min = -50, max = 150) int earlier,
            @ForAll @IntRange(max = 100) int passing) {
        Instant end = START.plusSeconds(length);
        AddonStatus before = AddonStatus.at(START.plusSeconds(earlier), START, end);
        AddonStatus after = AddonStatus.at(START.plusSeconds(earlier + passing), START, end);
        List<AddonStatus> life = List.of(AddonStatus.ACTIVE, AddonStatus.ARCHIVED);
        assertThat(life.indexOf(after)).isGreaterThanOrEqualTo(life.indexOf(before));
    }

    @Test
    void what_is_in_force_is_neither_changed_nor_deleted() {
        assertThat(Arrays.stream(AddonStatus.values()).filter(AddonStatus::canBeChanged))
                .containsExactly(AddonStatus.DRAFT);
        assertThat(Arrays.stream(AddonStatus.values()).filter(AddonStatus::canBeArchived))
                .containsExactly(AddonStatus.ACTIVE);
        assertThat(Arrays.stream(AddonStatus.values()).filter(AddonStatus::canBeDeleted))
                .containsExactly(AddonStatus.DRAFT, AddonStatus.ARCHIVED);
    }

    @Test
    void names_on_the_wire_are_read_back() {
        for (AddonStatus status : AddonStatus.values()) {
            assertThat(AddonStatus.parse(status.wireName())).contains(status);
        }
        assertThat(AddonStatus.parse("scheduled")).isEmpty();
        for (InstanceType type : InstanceType.values()) {
            assertThat(InstanceType.of(type.wireName())).isEqualTo(type);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> InstanceType.of("several"));
    }
}
