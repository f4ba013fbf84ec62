package io.usance.runtime.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Puts records that cannot be processed aside, on the dead-letter topic of their topic, so that they block nothing. */
@ApplicationScoped
public class DeadLetters {
    private static final String SUFFIX = ".dlq";
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    @Inject
    MeterRegistry metrics;

    @Inject
    @Channel("rejected")
    MutinyEmitter<byte[]> rejected;

    /**
     * A record and where it came from.
     *
     * @param key may be null
     */
    public record Letter(String topic, int partition, long offset, Object key, byte[] payload) {}

    /**
     * Sends {@code letter} to the dead-letter topic with the reason, however long the broker takes.
     *
     * @param tries how often it was tried; 0 for what could not be read
     */
    public Uni<Void> putAside(Letter letter, String reason, int tries) {
        metrics.counter("deliveries.rejected", "topic", letter.topic()).increment();
        Log.warnf(
                "event put aside topic=%s partition=%d offset=%d reason=%s",
                letter.topic(), letter.partition(), letter.offset(), reason);
        return Uni.createFrom()
                .deferred(() -> rejected.sendMessage(message(letter, reason, tries)))
                .onFailure()
                .retry()
                .withBackOff(PAUSE_MIN, PAUSE_MAX)
                .indefinitely();
    }

    private static Message<byte[]> message(Letter letter, String reason, int tries) {
        RecordHeaders headers = new RecordHeaders();
        header(headers, "reason", reason);
        header(headers, "tries", String.valueOf(tries));
        header(headers, "origin", letter.topic() + "/" + letter.partition() + "/" + letter.offset());
        return Message.of(letter.payload())
                .addMetadata(OutgoingKafkaRecordMetadata.<Object>builder()
                        .withTopic(letter.topic() + SUFFIX)
                        .withKey(letter.key())
                        .withHeaders(headers)
                        .build());
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
