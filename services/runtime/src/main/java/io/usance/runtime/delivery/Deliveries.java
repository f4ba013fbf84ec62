package io.usance.runtime.delivery;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.usance.runtime.inbox.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Takes events from a topic one after the other, each exactly once in effect:
 *
 * <pre>{@code
 * @Incoming("catalog-events")
 * Uni<Void> on(Message<byte[]> message) {
 *     return deliveries.take(message, event -> switch (event.type()) {
 *         case "MeterCreated" -> meters.put(event, event.as(MeterCreated.class));
 *         default -> Uni.createFrom().voidItem();
 *     });
 * }
 * }</pre>
 *
 * A service only names the channel; group, deserializers and the rest are defaults of the runtime:
 *
 * <pre>{@code
 * mp.messaging.incoming.catalog-events.connector=smallrye-kafka
 * mp.messaging.incoming.catalog-events.topic=usance.catalog
 * }</pre>
 *
 * <p>The handler runs in one transaction together with the {@link Inbox}, and the next record comes when this one is done.
 * What heals by itself is tried until it has; what cannot be read, or fails {@value #TRIES_MAX} times, goes to the
 * dead-letter topic so that it blocks nothing. The message is acknowledged after that, never before.
 */
@ApplicationScoped
public class Deliveries {
    /** How often a handler may fail at an event before the event is put aside; failures that heal are not counted. */
    public static final int TRIES_MAX = 5;

    private static final Pattern TOPIC_OF_CHANNEL = Pattern.compile("mp\\.messaging\\.incoming\\.[^.]+\\.topic");

    @Inject
    ObjectMapper json;

    @Inject
    Inbox inbox;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Config config;

    @Inject
    MeterRegistry metrics;

    /** When the event came that is being taken, by topic; the next one comes when it is done. */
    private final Map<String, Long> takenSince = new ConcurrentHashMap<>();

    void start(@Observes StartupEvent event) {
        for (String name : config.getPropertyNames()) {
            Matcher topic = TOPIC_OF_CHANNEL.matcher(name);
            if (topic.matches()) {
                register(config.getValue(name, String.class));
            }
        }
    }

    /** From the start, or whoever compares a metric with itself misses what happened first. */
    private void register(String topic) {
        metrics.counter("deliveries.rejected", "topic", topic);
        TimeGauge.builder("deliveries.oldest.age", () -> ageNanos(topic), TimeUnit.NANOSECONDS)
                .description("For how long the event that is next on the topic has been tried; 0 when there is none")
                .tag("topic", topic)
                .register(metrics);
    }

    private long ageNanos(String topic) {
        Long since = takenSince.get(topic);
        return since == null ? 0 : System.nanoTime() - since;
    }

    /** Runs {@code handler} for the event in {@code message} and acknowledges the message when that is done. */
    public Uni<Void> take(Message<byte[]> message, Function<Envelope, Uni<Void>> handler) {
        String topic = origin(message).getTopic();
        takenSince.put(topic, System.nanoTime());
        return work(message, handler)
                .onTermination()
                .invoke(() -> takenSince.remove(topic))
                .chain(() -> Uni.createFrom().completionStage(message::ack));
    }

    private Uni<Void> work(Message<byte[]> message, Function<Envelope, Uni<Void>> handler) {
        try {
            Delivery delivery = new Delivery(inbox, envelope(message.getPayload()), handler);
            return delivery.run().onFailure().recoverWithUni(failure -> {
                Log.warnf(failure, "event failed event=%s type=%s", delivery.eventId(), delivery.type());
                return putAside(message, String.valueOf(failure), TRIES_MAX);
            });
        } catch (Unreadable unreadable) {
            return putAside(message, unreadable.getMessage(), 0);
        }
    }

    private Envelope envelope(byte[] payload) {
        if (payload == null) {
            throw new Unreadable("the record is empty");
        }
        Envelope envelope;
        try {
            envelope = json.readValue(payload, Envelope.class);
        } catch (JacksonException unreadable) {
            // Where, but not what: the message would quote the record.
            JsonLocation place = unreadable.getLocation();
            throw new Unreadable(
                    "not an event: unreadable at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        boolean whole = envelope != null
                && Stream.of(envelope.eventId(), envelope.type(), envelope.namespace(), envelope.entityId())
                        .noneMatch(text -> text == null || text.isBlank());
        if (!whole || envelope.data() == null) {
            throw new Unreadable("not an event: event_id, type, namespace, entity_id or data is missing");
        }
        return envelope;
    }

    private Uni<Void> putAside(Message<byte[]> message, String reason, int tries) {
        IncomingKafkaRecordMetadata<?, ?> origin = origin(message);
        DeadLetters.Letter letter = new DeadLetters.Letter(
                origin.getTopic(), origin.getPartition(), origin.getOffset(), origin.getKey(), message.getPayload());
        return deadLetters.putAside(letter, reason, tries);
    }

    private static IncomingKafkaRecordMetadata<?, ?> origin(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    }

    /** The record is not an event and will never be one. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }
}
