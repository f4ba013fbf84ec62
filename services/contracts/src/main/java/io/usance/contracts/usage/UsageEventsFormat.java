package io.usance.contracts.usage;

import io.usance.contracts.usage.UsageEvents.UsageEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How {@link UsageEvents} are written as the value of a record, so that millions of them are written and read for little:
 * the CloudEvents stand in it as they came, and nothing is escaped.
 *
 * <pre>
 * record    = version  text(namespace)  instant(received_at)  count  event{count}
 * event     = attribute(source)  text(id)  attribute(type)  attribute(subject)  instant(occurred_at)  text(body)
 * version   = one byte, {@value #VERSION}
 * text      = length in bytes, UTF-8
 * attribute = text, which is never empty; length 0 stands for the same as in the event before
 * instant   = 8 bytes, big-endian: microseconds since 1970-01-01T00:00:00Z
 * count, length = unsigned LEB128, of 1 to 5 bytes
 * </pre>
 *
 * <p>Before this there was JSON, which begins with another byte, and still stands in topics.
 */
public final class UsageEventsFormat {
    private static final byte VERSION = 2;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NUMBER_BYTES_MAX = 5;

    /** The least that an event takes: six fields, of which one is an instant. */
    private static final int EVENT_BYTES_MIN = 5 + Long.BYTES;

    /** Whether {@code record} is of this format, and not the JSON of before. */
    public static boolean isOf(byte[] record) {
        return record.length > 0 && record[0] == VERSION;
    }

    /**
     * The record that holds {@code events}, whose instants are kept to the microsecond.
     *
     * @throws IllegalArgumentException if a source, a type or a subject is empty
     */
    public static byte[] write(UsageEvents events) {
        Writer out = new Writer(events);
        out.put(VERSION);
        out.text(events.namespace());
        out.instant(events.receivedAt());
        out.number(events.events().size());
        String source = "";
        String type = "";
        String subject = "";
        for (UsageEvent event : events.events()) {
            out.attribute(event.source(), source);
            out.text(event.id());
            out.attribute(event.type(), type);
            out.attribute(event.subject(), subject);
            out.instant(event.occurredAt());
            out.text(event.body());
            source = event.source();
            type = event.type();
            subject = event.subject();
        }
        return out.record();
    }

    /**
     * What {@code record} holds.
     *
     * @throws IllegalArgumentException if it is not of this format, or not whole
     */
    public static UsageEvents read(byte[] record) {
        if (!isOf(record)) {
            throw new IllegalArgumentException("not a record of format " + VERSION);
        }
        Reader in = new Reader(record);
        try {
            UsageEvents events = in.events();
            if (in.rest() > 0) {
                throw new IllegalArgumentException("goes on after its last event for bytes=" + in.rest());
            }
            return events;
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("ends within an event", cut);
        }
    }

    private static final class Writer {
        /** What an event takes beside its texts, and a little more. */
        private static final int EVENT_OVERHEAD = 6 * NUMBER_BYTES_MAX + Long.BYTES;

        private byte[] bytes;
        private int size;

        Writer(UsageEvents events) {
            long length = 64L + events.namespace().length();
            for (UsageEvent event : events.events()) {
                length += EVENT_OVERHEAD
                        + event.source().length()
                        + event.id().length()
                        + event.type().length()
                        + event.subject().length()
                        + event.body().length();
            }
            bytes = new byte[Math.toIntExact(length)];
        }

        void put(byte value) {
            ensure(1);
            bytes[size++] = value;
        }

        void number(int value) {
            ensure(NUMBER_BYTES_MAX);
            int rest = value;
            while ((rest & ~0x7f) != 0) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        void text(String value) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            number(text.length);
            ensure(text.length);
            System.arraycopy(text, 0, bytes, size, text.length);
            size += text.length;
        }

        void attribute(String value, String before) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("a source, a type and a subject are never empty");
            }
            if (value.equals(before)) {
                number(0);
            } else {
                text(value);
            }
        }

        void instant(Instant value) {
            ensure(Long.BYTES);
            ByteBuffer.wrap(bytes, size, Long.BYTES)
                    .putLong(value.getEpochSecond() * MICROS_PER_SECOND + value.getNano() / NANOS_PER_MICRO);
            size += Long.BYTES;
        }

        byte[] record() {
            return Arrays.copyOf(bytes, size);
        }

        private void ensure(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more, size + size / 2));
            }
        }
    }

    private static final class Reader {
        private final ByteBuffer bytes;

        Reader(byte[] record) {
            bytes = ByteBuffer.wrap(record).position(1);
        }

        int rest() {
            return bytes.remaining();
        }

        UsageEvents events() {
            String namespace = text();
            Instant receivedAt = instant();
            int count = number();
            if (count < 1 || count > rest() / EVENT_BYTES_MIN) {
                throw new IllegalArgumentException("cannot hold events=" + count);
            }
            List<UsageEvent> events = new ArrayList<>(count);
            String source = "";
            String type = "";
            String subject = "";
            for (int i = 0; i < count; i++) {
                source = attribute(source);
                String id = text();
                type = attribute(type);
                subject = attribute(subject);
                events.add(new UsageEvent(source, id, type, subject, instant(), text()));
            }
            return new UsageEvents(namespace, receivedAt, events);
        }

        private String attribute(String before) {
            int length = number();
            return length == 0 ? before : text(length);
        }

        private String text() {
            return text(number());
        }

        private String text(int length) {
            if (length > rest()) {
                throw new BufferUnderflowException();
            }
            String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }

        private int number() {
            int value = 0;
            for (int shift = 0; shift < NUMBER_BYTES_MAX * 7; shift += 7) {
                byte part = bytes.get();
                value |= (part & 0x7f) << shift;
                if (part >= 0) {
                    if (value < 0) {
                        break;
                    }
                    return value;
                }
            }
            throw new IllegalArgumentException("holds a number out of range");
        }

        private Instant instant() {
            long micros = bytes.getLong();
            return Instant.ofEpochSecond(
                    Math.floorDiv(micros, MICROS_PER_SECOND),
                    Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
        }
    }

    private UsageEventsFormat() {}
}
