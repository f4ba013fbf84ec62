package io.usance.kernel.meter;

import io.usance.kernel.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.Optional;

/** Width of the windows that usage is shown in. */
public enum Granularity {
    MINUTE("PT1M"),
    HOUR("PT1H"),
    DAY("P1D"),
    MONTH("P1M");

    private final String wireName;

    Granularity(String wireName) {
        this.wireName = wireName;
    }

    /** ISO-8601 duration, e.g. {@code P1D}. */
    public String wireName() {
        return wireName;
    }

    /** The granularity with that wire name. */
    public static Optional<Granularity> parse(String text) {
        return Arrays.stream(values())
                .filter(granularity -> granularity.wireName.equals(text))
                .findFirst();
    }

    /**
     * The window that {@code instant} falls into: calendar minutes, hours, days or months of {@code zone}. Days and
     * months are as long as the zone makes them (23 or 25 hours around daylight saving); the hour that a zone repeats
     * is two windows. The windows of a zone follow one another without gap or overlap.
     */
    public Period windowOf(Instant instant, ZoneId zone) {
        LocalDate today = instant.atZone(zone).toLocalDate();
        return switch (this) {
            case MINUTE -> fixed(instant, zone, Duration.ofMinutes(1));
            case HOUR -> fixed(instant, zone, Duration.ofHours(1));
            case DAY -> calendar(instant, zone, today, ChronoUnit.DAYS);
            case MONTH -> calendar(instant, zone, today.withDayOfMonth(1), ChronoUnit.MONTHS);
        };
    }

    /**
     * The window that starts with the date {@code first}. Where a zone turns its clock back over midnight (St. John's
     * went from 00:01 to 23:01), the late evening comes twice; the second time it belongs to the day that had begun
     * already.
     */
    private static Period calendar(Instant instant, ZoneId zone, LocalDate first, ChronoUnit width) {
        LocalDate next = first.plus(1, width);
        Instant end = next.atStartOfDay(zone).toInstant();
        return instant.isBefore(end)
                ? new Period(first.atStartOfDay(zone).toInstant(), end)
                : calendar(instant, zone, next, width);
    }

    /**
     * Windows of a fixed width, lined up with the zone's wall clock by its offset at {@code instant}. Around a change
     * of the offset that is no whole number of windows (Lord Howe moves by half an hour) the window is cut at the
     * change.
     */
    private static Period fixed(Instant instant, ZoneId zone, Duration width) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        long seconds = Math.floorMod(instant.getEpochSecond() + offset.getTotalSeconds(), width.toSeconds());
        Instant start = instant.truncatedTo(ChronoUnit.SECONDS).minusSeconds(seconds);
        Instant end = start.plus(width);
        ZoneOffsetTransition before = zone.getRules().previousTransition(instant.plusNanos(1));
        if (before != null && before.getInstant().isAfter(start)) {
            start = before.getInstant();
        }
        ZoneOffsetTransition after = zone.getRules().nextTransition(instant);
        if (after != null && after.getInstant().isBefore(end)) {
            end = after.getInstant();
        }
        return new Period(start, end);
    }
}
