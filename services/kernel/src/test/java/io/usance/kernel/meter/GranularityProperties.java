package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.time.Period;
import io.usance.kernel.time.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GranularityProperties {
    record Place(Instant instant, ZoneId zone) {
        LocalDateTime clock(Instant at) {
            return at.atZone(zone).toLocalDateTime();
        }
    }

    @Property(tries = 500)
    void a_window_is_every_instant_of_the_same_minute_or_hour_by_the_same_clock(@ForAll("places") Place place) {
        assertThat(Granularity.MINUTE.windowOf(place.instant(), place.zone()))
                .isEqualTo(around(place, ChronoUnit.MINUTES));
        assertThat(Granularity.HOUR.windowOf(place.instant(), place.zone())).isEqualTo(around(place, ChronoUnit.HOURS));
    }

    /** Goes from second to second as long as the truncated wall-clock time and the offset stay. */
    private static Period around(Place place, ChronoUnit unit) {
        Instant second = place.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant start = second;
        while (isSame(place, unit, second, start.minusSeconds(1))) {
            start = start.minusSeconds(1);
        }
        Instant end = second.plusSeconds(1);
        while (isSame(place, unit, second, end)) {
            end = end.plusSeconds(1);
        }
        return new Period(start, end);
    }

    private static boolean isSame(Place place, ChronoUnit unit, Instant one, Instant other) {
        return place.clock(one).truncatedTo(unit).equals(place.clock(other).truncatedTo(unit))
                && offset(place, one).equals(offset(place, other));
    }

    private static ZoneOffset offset(Place place, Instant at) {
        return place.zone().getRules().getOffset(at);
    }

    @Property(tries = 500)
    void a_day_starts_when_its_date_first_shows_and_ends_when_a_later_one_does(@ForAll("places") Place place) {
        Period day = Granularity.DAY.windowOf(place.instant(), place.zone());

        assertFirstShows(place, day.start(), 3);
        assertFirstShows(place, day.end(), 3);
        for (Instant at = day.start(); at.isBefore(day.end()); at = at.plus(Duration.ofMinutes(1))) {
            assertThat(place.clock(at).toLocalDate())
                    .isBeforeOrEqualTo(place.clock(day.start()).toLocalDate());
        }
    }

    private static void assertFirstShows(Place place, Instant start, int daysBack) {
        for (Instant at = start.minus(Duration.ofDays(daysBack));
                at.isBefore(start);
                at = at.plus(Duration.ofMinutes(1))) {
            assertThat(place.clock(at).toLocalDate())
                    .isBefore(place.clock(start).toLocalDate());
        }
    }

    @Property(tries = 500)
    void a_month_starts_and_ends_with_a_day_and_covers_it(@ForAll("places") Place place) {
        Period month = Granularity.MONTH.windowOf(place.instant(), place.zone());

        assertThat(Granularity.DAY.windowOf(month.start(), place.zone()).start())
                .isEqualTo(month.start());
        assertThat(Granularity.DAY.windowOf(month.end(), place.zone()).start()).isEqualTo(month.end());
        assertThat(YearMonth.from(place.clock(month.end())))
                .isEqualTo(YearMonth.from(place.clock(month.start())).plusMonths(1));
    }

    @Property(tries = 500)
    void windows_tile_the_line(@ForAll("places") Place place, @ForAll Granularity granularity) {
        assertTiles(place, granularity);
    }

    @Test
    void windows_tile_the_line_at_every_change_of_every_clock_there_is() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            for (ZoneOffsetTransition change : zone.getRules().getTransitions()) {
                for (Duration beside :
                        List.of(Duration.ofHours(-1), Duration.ofNanos(-1), Duration.ZERO, Duration.ofMinutes(30))) {
                    for (Granularity granularity : Granularity.values()) {
                        assertTiles(new Place(change.getInstant().plus(beside), zone), granularity);
                    }
                }
            }
        }
    }

    private static void assertTiles(Place place, Granularity granularity) {
        Period window = granularity.windowOf(place.instant(), place.zone());
        if (!window.contains(place.instant())
                || !granularity.windowOf(window.start(), place.zone()).equals(window)
                || !granularity
                        .windowOf(window.end().minusNanos(1), place.zone())
                        .equals(window)
                || !granularity.windowOf(window.end(), place.zone()).start().equals(window.end())) {
            throw new AssertionError(granularity + " at " + place + " does not tile: " + window);
        }
    }

    /** Half of them within two days of a change of the clock. */
    @Provide
    Arbitrary<Place> places() {
        Arbitrary<Place> anywhere = Combinators.combine(
                        Arbitraries.longs().between(0, 2_400_000_000_000L), Arbitraries.of(Zones.ODD))
                .as((millis, zone) -> new Place(Instant.ofEpochMilli(millis), zone));
        Arbitrary<Place> nearAChange = Combinators.combine(
                        Arbitraries.longs().between(0, 2_000_000_000L),
                        Arbitraries.longs().between(-172_800, 172_800),
                        Arbitraries.of(Zones.ODD))
                .as((second, beside, zone) -> {
                    Instant instant = Instant.ofEpochSecond(second);
                    ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
                    return new Place((change == null ? instant : change.getInstant()).plusSeconds(beside), zone);
                });
        return Arbitraries.oneOf(anywhere, nearAChange);
    }
}
