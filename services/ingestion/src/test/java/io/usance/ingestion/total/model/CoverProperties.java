package io.usance.ingestion.total.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.meter.Granularity;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.time.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CoverProperties {
    private static final Instant START = Instant.parse("2026-03-27T00:00:00Z");

    @Property(tries = 2_000)
    void spans_and_edges_are_the_range_without_gap_or_overlap(
            @ForAll("ranges") Period range, @ForAll("levels") List<Level> levels) {
        Cover cover = Cover.of(range, levels);
        List<Period> parts = new ArrayList<>(cover.edges());
        cover.spans().forEach(span -> parts.add(span.period()));
        parts.sort(Comparator.comparing(Period::start));

        Instant reached = range.start();
        for (Period part : parts) {
            assertThat(part.start()).isEqualTo(reached);
            reached = part.end();
        }
        assertThat(reached).isEqualTo(range.end());
        assertThat(cover.edges()).hasSizeLessThanOrEqualTo(2);
    }

    @Property(tries = 2_000)
    void spans_follow_one_another_and_are_whole_stretches(
            @ForAll("ranges") Period range, @ForAll("levels") List<Level> levels) {
        Cover cover = Cover.of(range, levels);
        cover.spans().forEach(span -> {
            assertThat(span.level().floor(span.period().start()))
                    .isEqualTo(span.period().start());
            assertThat(span.level().floor(span.period().end()))
                    .isEqualTo(span.period().end());
        });
        for (int i = 1; i < cover.spans().size(); i++) {
            assertThat(cover.spans().get(i).period().start())
                    .isEqualTo(cover.spans().get(i - 1).period().end());
        }
    }

    @Property(tries = 2_000)
    void what_is_left_to_single_events_is_less_than_the_narrowest_stretch(@ForAll("ranges") Period range) {
        Cover cover = Cover.of(range, List.of(Level.DAY, Level.QUARTER));
        assertThat(cover.edges())
                .allSatisfy(edge -> assertThat(edge.duration().toSeconds()).isLessThan(2 * Level.QUARTER.seconds()));
    }

    @Property(tries = 2_000)
    void no_stretch_lies_in_two_windows(
            @ForAll Granularity granularity, @ForAll("zones") ZoneId zone, @ForAll("ranges") Period range) {
        List<Level> levels = Cover.levels(MeterAggregation.SUM, false, granularity, zone, range);
        for (Cover.Span span : Cover.of(range, levels).spans()) {
            for (Instant start = span.period().start();
                    start.isBefore(span.period().end());
                    start = start.plusSeconds(span.level().seconds())) {
                Instant last = start.plusSeconds(span.level().seconds()).minusNanos(1_000);
                assertThat(granularity.windowOf(last, zone))
                        .as("%s at %s", span.level(), start)
                        .isEqualTo(granularity.windowOf(start, zone));
            }
        }
    }

    @Example
    void a_zone_that_was_minutes_away_from_a_quarter_is_read_event_by_event() {
        Period then = new Period(Instant.parse("1971-01-01T00:00:00Z"), Instant.parse("1971-02-01T00:00:00Z"));
        assertThat(Cover.levels(MeterAggregation.SUM, true, Granularity.DAY, ZoneId.of("Africa/Monrovia"), then))
                .isEmpty();
        Period now = new Period(START, START.plusSeconds(1_000_000));
        assertThat(Cover.levels(MeterAggregation.SUM, true, Granularity.DAY, ZoneId.of("Africa/Monrovia"), now))
                .containsExactly(Level.DAY, Level.QUARTER);
    }

    @Provide
    Arbitrary<Period> ranges() {
        Arbitrary<Instant> starts = Arbitraries.longs()
                .between(0, 4L * 24 * 3_600 * 1_000_000)
                .map(micros -> START.plusNanos(micros * 1_000));
        Arbitrary<Long> lengths = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 3_600L * 1_000_000),
                Arbitraries.longs().between(1, 5L * 24 * 3_600 * 1_000_000));
        Arbitrary<Period> any = Combinators.combine(starts, lengths)
                .as((start, micros) -> new Period(start, start.plusNanos(micros * 1_000)));
        Arbitrary<Period> round = any.map(period -> new Period(
                Level.QUARTER.floor(period.start()),
                Level.QUARTER.floor(period.end()).plusSeconds(900)));
        return Arbitraries.oneOf(any, round);
    }

    @Provide
    Arbitrary<List<Level>> levels() {
        return Arbitraries.of(Level.values()).set().map(CoverProperties::widestFirst);
    }

    private static List<Level> widestFirst(Set<Level> levels) {
        return levels.stream().sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "America/St_Johns",
                        "Asia/Kathmandu",
                        "Australia/Adelaide",
                        "Australia/Lord_Howe",
                        "Pacific/Chatham")
                .map(ZoneId::of);
    }
}
