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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Puts records that cannot be processed aside, on the dead-letter topic of their topic, so that they block nothing. */
@ApplicationScoped
public class DeadLetters {
    static final String SUFFIX = ".dlq";

    /** Headers of what was put aside: who could not process it, why, after how many tries, and where it came from. */
    static final String SERVICE = "service";

    static final String REASON = "reason";
    static final String TRIES = "tries";
    static final String ORIGIN = "origin";

    /** Most characters of a reason: some quote what they are about. */
    private static final int REASON_LENGTH_MAX = 1_000;

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "quarkus.application.name")
    String service;

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
                .deferred(() -> rejected.sendMessage(letter(letter, reason, tries)))
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "event not put aside yet topic=%s partition=%d offset=%d failure=%s",
                        letter.topic(), letter.partition(), letter.offset(), failure))
                .onFailure()
                .retry()
                .withBackOff(PAUSE_MIN, PAUSE_MAX)
                .indefinitely();
    }

    /** Sends a record that was put aside to {@code topic}, as it was before that. */
    Uni<Void> sendBack(String topic, ConsumerRecord<String, byte[]> record) {
        return rejected.sendMessage(message(topic, record.key(), record.value(), new RecordHeaders()));
    }

    /** Puts a record that was put aside to the end of its topic, as it is. */
    Uni<Void> keep(ConsumerRecord<String, byte[]> record) {
        return rejected.sendMessage(
                message(record.topic(), record.key(), record.value(), new RecordHeaders(record.headers())));
    }

    private Message<byte[]> letter(Letter letter, String reason, int tries) {
        RecordHeaders headers = new RecordHeaders();
        header(headers, SERVICE, service);
        header(headers, REASON, reason.substring(0, Math.min(reason.length(), REASON_LENGTH_MAX)));
        header(headers, TRIES, String.valueOf(tries));
        header(headers, ORIGIN, letter.topic() + "/" + letter.partition() + "/" + letter.offset());
        return message(letter.topic() + SUFFIX, letter.key(), letter.payload(), headers);
    }

    private static Message<byte[]> message(String topic, Object key, byte[] payload, RecordHeaders headers) {
        return Message.of(payload)
                .addMetadata(OutgoingKafkaRecordMetadata.<Object>builder()
                        .withTopic(topic)
                        .withKey(key)
                        .withHeaders(headers)
                        .build());
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
