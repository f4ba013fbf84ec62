package io.usance.ingestion.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What following events as they come may cost. */
@ConfigMapping(prefix = "ingestion.stream")
interface StreamConfig {
    /** Streams of one namespace at a time, on one replica. */
    @WithDefault("20")
    int streamsOfNamespaceMax();

    /** Streams at a time, on one replica. */
    @WithDefault("200")
    int streamsMax();

    /** How long a stream goes on; then it ends, and who follows asks again. */
    @WithDefault("15m")
    Duration ageMax();

    /** How often it is looked whether something was stored. */
    @WithDefault("500ms")
    Duration pause();

    /** How many events of a partition are read at a look, those of all namespaces together; the others are passed over. */
    @WithDefault("2000")
    int eventsPerLookMax();

    /** How many events may wait for a reader; what comes on top is passed over. */
    @WithDefault("500")
    int bufferMax();

    /** How often a stream says that it is alive when nothing comes. */
    @WithDefault("15s")
    Duration heartbeat();
}
