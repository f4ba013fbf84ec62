package io.usance.local.chaos;

import io.usance.local.Cluster;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost and nothing is counted twice, whatever dies. As long as a build can bear; {@code make chaos} runs the same
 * for longer.
 */
class ChaosIT {
    @Test
    void whatever_is_killed_every_acknowledged_event_counts_once() throws Exception {
        ChaosConfig config = ChaosConfig.read();
        for (int brokers : config.brokers()) {
            String name = brokers + (brokers == 1 ? " broker" : " brokers");
            Journal journal = new Journal(name);
            journal.say("CHAOS_SEED=" + config.seed() + ", " + config.share());
            Cluster cluster = Cluster.start(brokers);
            try {
                new ChaosRun(config.share(), cluster, journal).run();
            } catch (Throwable failure) {
                cluster.close();
                throw new AssertionError(
                        "CHAOS_SEED=%d with %s, logs and data in %s: %s"
                                .formatted(config.seed(), name, cluster.logs(), failure.getMessage()),
                        failure);
            }
            cluster.close();
            cluster.discard();
        }
    }
}
