package io.usance.bench;

import io.usance.bench.Load.Outcome;
import java.time.Duration;

/** What further replicas of ingestion bring, on the same machine. */
final class MeasureReplicas {
    private static final int REPLICAS_MAX = 3;

    private final Scene scene;

    MeasureReplicas(Scene scene) {
        this.scene = scene;
    }

    void run() {
        scene.terminal().println("\nSharing the partitions among replicas.");
        Duration time = scene.settings().replicasFor();
        Table table = new Table("replicas", "counted events/s", "against one", "freshness, p50", "p99");
        double alone = 0;
        try {
            for (int replicas = 1; replicas <= REPLICAS_MAX; replicas++) {
                if (replicas > 1) {
                    scene.stack().addIngestion();
                }
                // What it compiles and caches in the beginning is not what it brings.
                scene.counted(scene.fullLoad(
                        "warming up " + replicas, scene.settings().acceptFor()));
                Outcome outcome = scene.counted(scene.fullLoad("counting with " + replicas, time));
                alone = replicas == 1 ? outcome.countedPerSecond() : alone;
                Latencies fresh = new Freshness(scene).measure(outcome.countedPerSecond() / 2, time);
                table.row(
                        String.valueOf(replicas),
                        "%,.0f".formatted(outcome.countedPerSecond()),
                        Aim.ratio(outcome.countedPerSecond() / alone),
                        Aim.millis(fresh.percentileMillis(50)),
                        Aim.millis(fresh.percentileMillis(99)));
            }
        } finally {
            scene.stack().removeReplicas();
        }
        scene.report().section("Replicas");
        scene.report().text("""
                The load of *Counted* for %d s, with the partitions shared by replicas of ingestion, all on this machine and \
                accepted by the first one; freshness with half of what was counted beside it.""".formatted(time.toSeconds()));
        scene.report().table(table);
    }
}
