package io.usance.local.chaos;

import io.usance.local.Cluster;
import io.usance.local.chaos.Question.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks while everything happens: what is counted lies between what was stored before the question and what is stored after
 * the answer, whoever counts it and whatever is being killed.
 */
final class Onlooker {
    private static final int PAUSE_MILLIS = 1_000;

    private final Door door;
    private final Books books;
    private final Question question;
    private final String type;
    private final AtomicInteger asked = new AtomicInteger();

    /** @param meter counts events of one type, without dimensions */
    Onlooker(Door door, Books books, Meter meter, Instant start) {
        this.door = door;
        this.books = books;
        this.type = meter.type();
        this.question = Question.total(
                meter, start.minus(Traffic.LATENESS_MAX.multipliedBy(2)), start.plus(Traffic.LATENESS_MAX));
    }

    /** Asks until it is interrupted. */
    void run() throws InterruptedException {
        for (int turn = 0; ; turn++) {
            Thread.sleep(PAUSE_MILLIS);
            look(turn % Cluster.REPLICAS);
        }
    }

    /** How many questions were answered. */
    int asked() {
        return asked.get();
    }

    private void look(int gateway) {
        OptionalLong before = books.stored(type);
        Map<Row, BigDecimal> answer = question.ask(door, gateway);
        OptionalLong after = books.stored(type);
        if (before.isEmpty() || answer == null || after.isEmpty()) {
            return;
        }
        long said = answer.values().stream()
                .mapToLong(BigDecimal::longValueExact)
                .findFirst()
                .orElse(0);
        if (said < before.getAsLong() || said > after.getAsLong()) {
            throw new AssertionError(
                    "%d events of %s were stored before the question and %d after the answer, which was %d"
                            .formatted(before.getAsLong(), type, after.getAsLong(), said));
        }
        asked.incrementAndGet();
    }
}
