package io.usance.subscription;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The service's clock in tests: the real time until a test sets it, and from then on whatever the test says. */
@Singleton
public class MovableClock extends Clock {
    private static final Clock REAL = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    private static final AtomicReference<Instant> SET = new AtomicReference<>();

    /** Stops the clock at {@code instant}. */
    public static void set(Instant instant) {
        SET.set(instant);
    }

    /** Moves the stopped clock. */
    public static void advance(Duration by) {
        SET.updateAndGet(instant -> instant.plus(by));
    }

    /** Where the stopped clock stands. */
    public static Instant now() {
        return SET.get();
    }

    /** Gives the clock back to the real time. */
    public static void reset() {
        SET.set(null);
    }

    @Override
    public Instant instant() {
        Instant set = SET.get();
        return set == null ? REAL.instant() : set;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(instant(), zone);
    }
}
