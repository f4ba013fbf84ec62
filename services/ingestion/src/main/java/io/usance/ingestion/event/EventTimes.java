package io.usance.ingestion.event;

import io.usance.kernel.time.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** When events may happen, and how it is written. */
public final class EventTimes {
    /** From the first time that an event may have to the first that it may not have any more. */
    public static final Period EVER =
            new Period(Instant.parse("1970-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));

    /** Where the parts of a date-time are that every one has. */
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

    private static final int MICRO_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int OFFSET_LENGTH = "+00:00".length();
    private static final int OFFSET_MINUTES_MAX = 18 * 60;

    /**
     * The instant that an RFC 3339 date-time names, to the microsecond, which is what the database keeps; null if {@code
     * text} is none. By hand, because every event has one and the formatter of the JDK takes longer than all else.
     */
    static Instant parse(String text) {
        if (!hasShape(text)) {
            return null;
        }
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        int zone = SHAPE.length();
        int micros = 0;
        if (zone < text.length() && text.charAt(zone) == '.') {
            int first = ++zone;
            while (zone < text.length() && isDigit(text.charAt(zone))) {
                zone++;
            }
            if (zone == first) {
                return null;
            }
            for (int place = 0; place < MICRO_DIGITS; place++) {
                micros = micros * 10 + (first + place < zone ? text.charAt(first + place) - '0' : 0);
            }
        }
        int offset = offsetMinutes(text, zone);
        if (hour > 23 || minute > 59 || second > 59 || Math.abs(offset) > OFFSET_MINUTES_MAX) {
            return null;
        }
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                    .toEpochDay();
            return Instant.ofEpochSecond(
                    ((day * 24 + hour) * 60 + minute - offset) * 60 + second, (long) micros * NANOS_PER_MICRO);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static boolean hasShape(String text) {
        if (text.length() <= SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char is = text.charAt(i);
            boolean fits =
                    switch (SHAPE.charAt(i)) {
                        case 'd' -> isDigit(is);
                        case 'T' -> is == 'T' || is == 't';
                        default -> is == SHAPE.charAt(i);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** What ends a date-time from {@code at} on: Z, or how far its clock is ahead of it; out of range if it is neither. */
    private static int offsetMinutes(String text, int at) {
        int length = text.length() - at;
        if (length == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return 0;
        }
        if (length != OFFSET_LENGTH || text.charAt(at + 3) != ':') {
            return Integer.MAX_VALUE;
        }
        int hours = number(text, at + 1, 2);
        int minutes = number(text, at + 4, 2);
        if (hours < 0 || minutes < 0 || minutes > 59) {
            return Integer.MAX_VALUE;
        }
        return switch (text.charAt(at)) {
            case '+' -> hours * 60 + minutes;
            case '-' -> -(hours * 60 + minutes);
            default -> Integer.MAX_VALUE;
        };
    }

    /** The number that {@code length} digits make; below 0 if one of them is none. */
    private static int number(String text, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private EventTimes() {}
}
