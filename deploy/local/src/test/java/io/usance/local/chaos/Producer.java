package io.usance.local.chaos;

import io.usance.local.Cluster;
import io.usance.local.chaos.Door.Answer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Somebody who sends events, one by one and in batches, and sends the same request again until it is answered with 202. A
 * gateway that does not answer is left for the other one.
 */
final class Producer {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration IMPATIENCE = Duration.ofMillis(60);
    private static final int PAUSE_MILLIS_MAX = 300;

    private final Door door;
    private final Traffic traffic;
    private final Ledger ledger;
    private final Pace pace;
    private final SplittableRandom random;
    private int gateway;

    Producer(Door door, Traffic traffic, Ledger ledger, Pace pace, SplittableRandom random) {
        this.door = door;
        this.traffic = traffic;
        this.ledger = ledger;
        this.pace = pace;
        this.random = random;
        this.gateway = random.nextInt(Cluster.REPLICAS);
    }

    /** Sends until there is nothing more to send. */
    void run() throws InterruptedException {
        while (true) {
            int size = size();
            int from = pace.take(size);
            if (from == traffic.deliveries()) {
                return;
            }
            int to = Math.min(traffic.deliveries(), from + size);
            deliver(from, to);
        }
    }

    private void deliver(int from, int to) throws InterruptedException {
        boolean alone = to - from == 1 && random.nextBoolean();
        String body = alone ? event(from) : batch(from, to);
        String type = random.nextInt(3) == 0 ? Door.JSON : alone ? Door.ONE : Door.BATCH;
        while (!pace.isOver()) {
            ledger.attempted();
            // Now and then one gives up long before the answer, so that what was taken is sent again.
            Duration patience = random.nextInt(50) == 0 ? IMPATIENCE : PATIENCE;
            Answer answer = door.post(gateway, "events", type, body, patience);
            if (answer.status() == 202) {
                ledger.acknowledged(traffic, from, to);
                return;
            }
            if (!answer.isPassing()) {
                throw new AssertionError("events were refused: " + answer + " to " + body);
            }
            gateway = (gateway + 1) % Cluster.REPLICAS;
            Thread.sleep(random.nextInt(PAUSE_MILLIS_MAX));
        }
    }

    private int size() {
        int kind = random.nextInt(100);
        if (kind < 60) {
            return 1;
        } else if (kind < 85) {
            return random.nextInt(2, 20);
        } else if (kind < 98) {
            return random.nextInt(50, 200);
        }
        return random.nextInt(500, 1_000);
    }

    private String batch(int from, int to) {
        StringJoiner batch = new StringJoiner(", ", "[", "]");
        for (int place = from; place < to; place++) {
            batch.add(event(place));
        }
        return batch.toString();
    }

    private String event(int place) {
        int number = traffic.number(place);
        return traffic.event(number, traffic.variant(place), ledger.around(number))
                .json();
    }
}
