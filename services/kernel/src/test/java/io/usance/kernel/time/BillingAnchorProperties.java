package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BillingAnchorProperties {
    private static final Instant FROM = Instant.parse("1975-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2045-01-01T00:00:00Z");

    private static final List<Cadence> CADENCES = Stream.of(
                    "PT1H",
                    "PT5H",
                    "PT24H",
                    "P1D",
                    "P2D",
                    "P1DT12H",
                    "P1W",
                    "P2W",
                    "P4W",
                    "P1M",
                    "P2M",
                    "P3M",
                    "P6M",
                    "P12M",
                    "P1Y",
                    "P5Y",
                    "P1M1D",
                    "P2M2D",
                    "P1MT1H",
                    "P1M3DT7H30M")
            .map(Cadence::parse)
            .toList();

    @Property
    void months_agree_with_counting_on_a_calendar(
            @ForAll("monthEnds") ZonedDateTime anchor,
            @ForAll @IntRange(min = 1, max = 24) int months,
            @ForAll @IntRange(min = -60, max = 60) int n) {
        BillingAnchor periods = new BillingAnchor(anchor.toInstant(), anchor.getZone(), cadence("P%dM", months));

        assertThat(periods.period(n).start()).isEqualTo(monthsLater(anchor, months * n));
        assertThat(periods.period(n).end()).isEqualTo(monthsLater(anchor, months * (n + 1)));
    }

    private static Instant monthsLater(ZonedDateTime anchor, int months) {
        int month = anchor.getYear() * 12 + anchor.getMonthValue() - 1 + months;
        int year = month / 12;
        int monthOfYear = month % 12 + 1;
        int day = Math.min(anchor.getDayOfMonth(), lengthOfMonth(year, monthOfYear));
        return onTheClock(
                LocalDateTime.of(anchor.toLocalDate(), anchor.toLocalTime())
                        .withDayOfMonth(1)
                        .withYear(year)
                        .withMonth(monthOfYear)
                        .withDayOfMonth(day),
                anchor);
    }

    private static int lengthOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    @Property
    void days_agree_with_counting_days(
            @ForAll("instants") Instant anchor,
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 1, max = 40) int days,
            @ForAll @IntRange(min = -100, max = 100) int n) {
        BillingAnchor periods = new BillingAnchor(anchor, zone, cadence("P%dD", days));
        ZonedDateTime first = anchor.atZone(zone);
        LocalDateTime start = first.toLocalDateTime();
        for (int day = 0; day < Math.abs(n) * days; day++) {
            start = n > 0 ? start.plusDays(1) : start.minusDays(1);
        }
        Instant expected = onTheClock(start, first);
        Assume.that(expected.isBefore(onTheClock(start.plusDays(days), first)));

        assertThat(periods.period(n).start()).isEqualTo(expected);
    }

    @Property
    void times_agree_with_counting_seconds(
            @ForAll("instants") Instant anchor,
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 1, max = 1_000_000) int seconds,
            @ForAll @IntRange(min = -1_000, max = 1_000) int n) {
        BillingAnchor periods = new BillingAnchor(anchor, zone, cadence("PT%dS", seconds));

        assertThat(periods.period(n).start()).isEqualTo(anchor.plusSeconds((long) seconds * n));
    }

    @Property
    void every_instant_is_in_exactly_one_period(
            @ForAll("anchors") BillingAnchor periods, @ForAll("instants") Instant instant) {
        long n = periods.indexOf(instant);
        Period period = periods.periodContaining(instant);

        assertThat(period.contains(instant)).isTrue();
        assertThat(period).isEqualTo(periods.period(n));
        assertThat(periods.periodContaining(period.start())).isEqualTo(period);
        assertThat(periods.periodContaining(period.end().minusNanos(1))).isEqualTo(period);
    }

    @Property
    void periods_follow_one_another_without_gap_or_overlap(
            @ForAll("anchors") BillingAnchor periods, @ForAll("instants") Instant instant) {
        Period period = periods.periodContaining(instant);
        for (int i = 0; i < 30; i++) {
            Period next = periods.periodContaining(period.end());
            assertThat(next.start()).isEqualTo(period.end());
            period = next;
        }
    }

    @Property
    void period_zero_starts_with_the_anchor(@ForAll("anchors") BillingAnchor periods) {
        assertThat(periods.indexOf(periods.anchor())).isZero();
        assertThat(periods.period(0).start()).isEqualTo(periods.anchor());
    }

    @Property
    void of_cadences_that_line_up_every_longer_period_starts_with_a_shorter_one(
            @ForAll("instants") Instant anchor,
            @ForAll("zonesOfWholeHours") ZoneId zone,
            @ForAll("cadencesThatLineUp") List<Cadence> longerAndShorter,
            @ForAll @LongRange(max = 50) long n) {
        BillingAnchor longer = new BillingAnchor(anchor, zone, longerAndShorter.getFirst());
        BillingAnchor shorter = new BillingAnchor(anchor, zone, longerAndShorter.getLast());

        Instant start = longer.period(n).start();
        assertThat(shorter.periodContaining(start).start()).isEqualTo(start);
    }

    /** What a clock on the wall of the anchor's zone makes of a date and time. */
    private static Instant onTheClock(LocalDateTime time, ZonedDateTime anchor) {
        ZoneRules rules = anchor.getZone().getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        if (offsets.isEmpty()) {
            return time.toInstant(rules.getTransition(time).getOffsetBefore());
        }
        return time.toInstant(offsets.contains(anchor.getOffset()) ? anchor.getOffset() : offsets.getFirst());
    }

    @Provide
    Arbitrary<ZonedDateTime> monthEnds() {
        return Combinators.combine(
                        Arbitraries.integers().between(1990, 2030),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(28, 31),
                        Arbitraries.integers().between(0, 86_399),
                        zones())
                .as((year, month, day, second, zone) -> LocalDateTime.of(
                                year, month, Math.min(day, lengthOfMonth(year, month)), 0, 0)
                        .plusSeconds(second)
                        .atZone(zone));
    }

    @Provide
    Arbitrary<BillingAnchor> anchors() {
        return Combinators.combine(instants(), zones(), cadences()).as(BillingAnchor::new);
    }

    @Provide
    Arbitrary<Cadence> cadences() {
        return Arbitraries.of(CADENCES);
    }

    @Provide
    Arbitrary<List<Cadence>> cadencesThatLineUp() {
        return Arbitraries.of(CADENCES.stream()
                .flatMap(longer ->
                        CADENCES.stream().filter(longer::isMultipleOf).map(shorter -> List.of(longer, shorter)))
                .toList());
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(FROM.getEpochSecond(), TO.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(Zones.ODD);
    }

    /** Their clocks change by an hour at a time, and no day was left out. */
    @Provide
    Arbitrary<ZoneId> zonesOfWholeHours() {
        return Arbitraries.of("UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Europe/Dublin")
                .map(ZoneId::of);
    }

    private static Cadence cadence(String format, int value) {
        return Cadence.parse(format.formatted(value));
    }
}
