package io.usance.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.ingestion.event.EventBacklog.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private final Standstill standstill = new Standstill();

    @Test
    void nothing_stands_still_where_everything_is_counted() {
        look(0, counted(0, 100), counted(1, 90));
        assertThat(standstill.uncounted()).isZero();
        assertThat(longestAt(60)).isZero();
    }

    @Test
    void a_standstill_lasts_from_the_first_look_that_shows_it_until_counting_gets_on() {
        look(0, counted(0, 100), behind(1, 40, 90));
        look(10, counted(0, 100), behind(1, 40, 95));
        assertThat(longestAt(15)).isEqualTo(Duration.ofSeconds(15));

        look(20, counted(0, 100), behind(1, 41, 95));
        assertThat(longestAt(25)).isEqualTo(Duration.ofSeconds(5));

        look(30, counted(0, 100), counted(1, 95));
        assertThat(longestAt(90)).isZero();
    }

    @Test
    void the_partition_where_it_is_longest_counts() {
        look(0, behind(0, 10, 100), behind(1, 40, 90));
        look(10, behind(0, 10, 100), behind(1, 60, 90));
        assertThat(longestAt(10)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void what_is_not_counted_lies_between_what_is_and_the_last_that_is_stored() {
        look(0, behind(0, 1_000, 1_400), behind(1, 1_010, 1_390), counted(2, 900));
        assertThat(standstill.uncounted()).isEqualTo(400);
    }

    @Test
    void a_partition_that_is_seldom_hit_does_not_seem_to_have_what_came_to_the_others() {
        look(0, counted(0, 1_000_000), counted(1, 7));
        look(10, counted(0, 1_000_000), behind(1, 7, 1_000_003));
        assertThat(standstill.uncounted()).isEqualTo(3);
    }

    @Test
    void there_is_something_to_count_in_each_partition_that_is_behind() {
        // Its number was taken before the other partition's, and seen after it.
        look(0, counted(0, 1_000), counted(1, 7));
        look(10, counted(0, 1_000), behind(1, 7, 998));
        assertThat(standstill.uncounted()).isEqualTo(1);
    }

    private void look(long second, Place... places) {
        standstill.look(List.of(places), Duration.ofSeconds(second).toNanos());
    }

    private Duration longestAt(long second) {
        return standstill.longest(Duration.ofSeconds(second).toNanos());
    }

    private static Place counted(int partition, long lastSeq) {
        return behind(partition, lastSeq, lastSeq);
    }

    private static Place behind(int partition, long countedSeq, long lastSeq) {
        return new Place(partition, lastSeq, countedSeq, null);
    }
}
