package io.usance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** How soon an accepted event is in the answer to a question, while others are sent. */
final class Freshness {
    private static final int PROBERS = 4;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ASK_AGAIN = Duration.ofMillis(5);
    private static final Duration SEEN_MAX = Duration.ofMinutes(1);

    private final Scene scene;

    Freshness(Scene scene) {
        this.scene = scene;
    }

    /** @param eventsPerSecond of the load beside the probes */
    Latencies measure(double eventsPerSecond, Duration time) {
        Latencies seen = new Latencies();
        Settings settings = scene.settings();
        Load.Order load = new Load.Order(
                "freshness at half load",
                Long.MAX_VALUE,
                time,
                settings.batchSize(),
                settings.connections(),
                eventsPerSecond,
                settings.backlogMax(),
                true,
                number -> System.currentTimeMillis());
        try (ExecutorService threads = Executors.newFixedThreadPool(PROBERS)) {
            long end = System.nanoTime() + time.toNanos();
            List<Future<?>> probers = new ArrayList<>();
            for (int i = 0; i < PROBERS; i++) {
                String name = Long.toString(System.currentTimeMillis(), 36) + "-" + i;
                probers.add(threads.submit(() -> probe(name, end, seen)));
            }
            scene.counted(load);
            for (Future<?> prober : probers) {
                prober.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("freshness could not be measured", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return seen;
    }

    private void probe(String name, long end, Latencies seen) {
        try (Api api = new Api(scene.stack())) {
            for (int probe = 0; probe == 0 || System.nanoTime() < end; probe++) {
                String subject = "probe-" + name + "-" + probe;
                Instant now = Instant.now();
                api.sendEvent("""
                        {"specversion":"1.0","id":"%s","source":"bench","type":"%s","subject":"%s","time":"%s"}""".formatted(subject, Shop.PROBE_TYPE, subject, now));
                long taken = System.nanoTime();
                while (!isSeen(api, subject, now)) {
                    if (System.nanoTime() - taken > SEEN_MAX.toNanos()) {
                        throw new IllegalStateException("an accepted event is not seen after " + SEEN_MAX);
                    }
                    LockSupport.parkNanos(ASK_AGAIN.toNanos());
                }
                seen.add(System.nanoTime() - taken);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private boolean isSeen(Api api, String subject, Instant now) {
        JsonNode answer = api.post("/meters/" + scene.shop().probe() + "/query", """
                {"from": "%s", "filters": {"dimensions": {"subject": {"eq": "%s"}}}}""".formatted(
                        now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(1)), subject));
        return answer.path("data").path(0).path("value").asText().equals("1");
    }
}
