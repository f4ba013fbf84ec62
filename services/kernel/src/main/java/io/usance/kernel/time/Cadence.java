package io.usance.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something comes back: calendar months, calendar days and a time, as an ISO-8601 duration such as
 * {@code P1M}, {@code P2W}, {@code P1Y}, {@code PT1H} or {@code P1DT12H}. Longer than nothing and in whole numbers.
 */
public final class Cadence {
    /** Upper bound, so that calendar arithmetic cannot overflow: a century. */
    public static final int MONTHS_MAX = 1_200;

    private static final Duration LENGTH_MAX = Duration.ofDays(MONTHS_MAX * 31L);
    private static final Pattern ISO_8601 =
            Pattern.compile("P(?=.)(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?"
                    + "(?:T(?=.)(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?");

    private static final List<Integer> HOURS_OF_A_DAY = List.of(23, 24, 25);

    private final long months;
    private final long days;
    private final Duration time;
    private final String text;

    private Cadence(long months, long days, Duration time, String text) {
        this.months = months;
        this.days = days;
        this.time = time;
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException if {@code text} is not an ISO-8601 duration in whole numbers, of at least one
     *     second and at most {@value #MONTHS_MAX} months
     */
    public static Cadence parse(String text) {
        Matcher parts = ISO_8601.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an ISO-8601 duration in whole numbers: " + text);
        }
        Cadence cadence = new Cadence(
                part(parts, 1) * 12 + part(parts, 2),
                part(parts, 3) * 7 + part(parts, 4),
                Duration.ofHours(part(parts, 5)).plusMinutes(part(parts, 6)).plusSeconds(part(parts, 7)),
                text);
        if (cadence.length(31, 24).isZero() || cadence.length(31, 24).compareTo(LENGTH_MAX) > 0) {
            throw new IllegalArgumentException("not between a second and " + MONTHS_MAX + " months: " + text);
        }
        return cadence;
    }

    /** {@link #parse}, or empty where that throws. */
    public static Optional<Cadence> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static long part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    /** Whether it is at least {@code bound} in every month; a day counts as 24 hours. */
    public boolean isAtLeast(Duration bound) {
        return length(28, 24).compareTo(bound) >= 0;
    }

    /**
     * Whether the one is a multiple of the other, so that of two that are counted from one anchor every period of the
     * longer starts with one of the shorter.
     */
    public boolean alignsWith(Cadence other) {
        return isMultipleOf(other) || other.isMultipleOf(this);
    }

    /**
     * Whether {@code part} fits a whole number of times into this wherever the calendar stands, with months of any
     * length and days of 23 to 25 hours. So days fit into months, but neither weeks nor pairs of days do; an hour fits
     * into a day, 12 hours do not.
     */
    public boolean isMultipleOf(Cadence part) {
        return part.months > 0 ? isSoManyTimes(part, months / part.months) : isMultipleOfFixed(part);
    }

    private boolean isSoManyTimes(Cadence part, long times) {
        return months == part.months * times && days == part.days * times && time.equals(part.time.multipliedBy(times));
    }

    /** Months can always be a day longer or shorter, so only what fits into a single day fits into months. */
    private boolean isMultipleOfFixed(Cadence part) {
        return HOURS_OF_A_DAY.stream().allMatch(hours -> {
            long partSeconds = part.length(0, hours).toSeconds();
            boolean fitsIntoMonths = months == 0 || Duration.ofHours(hours).toSeconds() % partSeconds == 0;
            return fitsIntoMonths && length(0, hours).toSeconds() % partSeconds == 0;
        });
    }

    /** How many of {@code part} one of these holds at most, begun ones too; months and years count as long ones. */
    public long timesAtMost(Cadence part) {
        return Math.ceilDiv(length(31, 24).toSeconds(), part.length(31, 24).toSeconds());
    }

    /**
     * The two one after the other, so that the end of a row of cadences can be counted from its start: two single
     * months from 31 January end on 31 March, although the first of them ends on 28 February.
     */
    public Cadence plus(Cadence other) {
        Duration sum = time.plus(other.time);
        return new Cadence(
                months + other.months,
                days + other.days,
                sum,
                "P%dM%dDT%dS".formatted(months + other.months, days + other.days, sum.toSeconds()));
    }

    /** {@code start} plus this once, in UTC. */
    public Instant after(Instant start) {
        return addTo(start.atZone(ZoneOffset.UTC), 1).toInstant();
    }

    /**
     * {@code start} plus {@code n} times this: months, clamped to the month's end, and days on the wall clock, the time
     * as it passes. A wall-clock time that the zone skips moves on by as much; of one that comes twice the instant with
     * the offset of {@code start} is taken if there is one, else the earlier.
     */
    ZonedDateTime addTo(ZonedDateTime start, long n) {
        LocalDateTime wallClock = start.toLocalDateTime()
                .plusMonths(Math.multiplyExact(months, n))
                .plusDays(Math.multiplyExact(days, n));
        return ZonedDateTime.ofLocal(wallClock, start.getZone(), start.getOffset())
                .plus(time.multipliedBy(n));
    }

    /** The mean length, for guessing how many periods lie between two instants. */
    Duration typical() {
        Duration meanMonth = Duration.ofSeconds(2_629_746);
        return meanMonth.multipliedBy(months).plusDays(days).plus(time);
    }

    private Duration length(int daysOfMonth, int hoursOfDay) {
        return Duration.ofHours((months * daysOfMonth + days) * hoursOfDay).plus(time);
    }

    /** The duration as it was given. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * Equal are cadences that always end at the same instant: {@code P1Y} and {@code P12M}, but not {@code P1D} and
     * {@code PT24H}.
     */
    @Override
    public boolean equals(Object object) {
        return object instanceof Cadence other
                && months == other.months
                && days == other.days
                && time.equals(other.time);
    }

    @Override
    public int hashCode() {
        return Objects.hash(months, days, time);
    }
}
