package io.usance.local.chaos;

import io.usance.contracts.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/** Finds out when events are taken and seen again after a kill: an event for each partition of their topic. */
final class Probe {
    static final String TYPE = "chaos.probe";

    /** Of the topic {@value Topics#EVENTS}. */
    private static final int PARTITIONS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration GIVEN_UP = Duration.ofMinutes(3);
    private static final int PAUSE_MILLIS = 100;

    private final Door door;
    private final Meter meter;
    private final List<String> subjects = subjects();
    private final Set<String> acknowledged = new HashSet<>();
    private int probes;

    /** @param meter counts events of {@link #TYPE} */
    Probe(Door door, Meter meter) {
        this.door = door;
        this.meter = meter;
    }

    /**
     * Returns when an event for each partition has been acknowledged by {@code gateway} and is seen through it.
     *
     * @return how long after {@code since}, in terms of {@link System#nanoTime}
     */
    Duration recovery(int gateway, long since) throws InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        int number = probes++;
        for (String subject : subjects) {
            String id = "probe-" + number + "-" + subject;
            String body = """
                    {"specversion":"1.0","source":"probe","id":"%s","type":"%s","subject":"%s","time":"%s"}""".formatted(id, TYPE, subject, now);
            while (door.post(gateway, "events", Door.ONE, body, PATIENCE).status() != 202) {
                pause(since, "no event is taken");
            }
            acknowledged.add(id);
        }
        Question question = new Question(
                meter, now, now.plusMillis(1), null, ZoneOffset.UTC, List.of("subject"), Map.of("subject", subjects));
        while (!isSeen(question, gateway)) {
            pause(since, "no event is seen");
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Ids of the probes that were acknowledged. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    private boolean isSeen(Question question, int gateway) {
        Map<Question.Row, BigDecimal> rows = question.ask(door, gateway);
        return rows != null && rows.size() == PARTITIONS;
    }

    private static void pause(long since, String what) throws InterruptedException {
        if (System.nanoTime() - since > GIVEN_UP.toNanos()) {
            throw new AssertionError(what + " " + GIVEN_UP.toSeconds() + " s after a kill");
        }
        Thread.sleep(PAUSE_MILLIS);
    }

    /** One whose events go to each of the partitions, in order. */
    private static List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        for (int number = 0; subjects.size() < PARTITIONS; number++) {
            String subject = "probe-" + number;
            byte[] key = ("default/" + subject).getBytes(StandardCharsets.UTF_8);
            if (Utils.toPositive(Utils.murmur2(key)) % PARTITIONS == subjects.size()) {
                subjects.add(subject);
            }
        }
        return subjects;
    }
}
