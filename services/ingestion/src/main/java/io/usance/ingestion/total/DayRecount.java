package io.usance.ingestion.total;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.meter.MeterReader;
import io.usance.ingestion.total.model.DayDigest;
import io.usance.ingestion.total.model.Totals;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Tally;
import io.usance.kernel.meter.Total;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What the totals of some countings ought to be in one day, worked out from its events. Takes events of one type and subject
 * one after the other, and holds the totals of all subjects together and of a bounded number of single ones.
 *
 * <p>Mutable and not thread-safe.
 */
final class DayRecount implements Consumer<UsageEvent> {
    /** The day has more events than may be read. */
    static final class TooManyEvents extends RuntimeException {
        TooManyEvents(long eventsMax) {
            super("more than " + eventsMax + " events", null, false, false);
        }
    }

    private final ObjectMapper json;
    private final long eventsMax;
    private final int totalsHeldMax;
    private final List<Recount> recounts = new ArrayList<>();
    private final Map<String, List<Recount>> byType = new HashMap<>();
    private String subject = Totals.ALL_SUBJECTS;
    private long events;

    /**
     * @param eventsMax with more, {@link #accept} throws {@link TooManyEvents}
     * @param totalsHeldMax with more totals of a counting, those of subjects that are done are digested and let go
     */
    DayRecount(List<Counting> countings, long eventsMax, int totalsHeldMax, ObjectMapper json) {
        this.json = json;
        this.eventsMax = eventsMax;
        this.totalsHeldMax = totalsHeldMax;
        for (Counting counting : countings) {
            Recount recount = new Recount(counting);
            recounts.add(recount);
            byType.computeIfAbsent(counting.meter().eventType(), fresh -> new ArrayList<>())
                    .add(recount);
        }
    }

    /** How many events were read. */
    long events() {
        return events;
    }

    @Override
    public void accept(UsageEvent event) {
        if (++events > eventsMax) {
            throw new TooManyEvents(eventsMax);
        }
        List<Recount> counting = byType.getOrDefault(event.type(), List.of());
        if (!event.subject().equals(subject)) {
            subject = event.subject();
            counting.forEach(Recount::digestSome);
        }
        JsonNode data = counting.stream().anyMatch(recount -> recount.counter.needsData())
                ? MeterReader.data(event.body())
                : null;
        counting.forEach(recount -> recount.counter.count(event, data));
    }

    /** The digests by counting; to be called once, after all events. A counting without totals in the day is not there. */
    Map<Long, UUID> digests() {
        Map<Long, UUID> digests = new HashMap<>();
        for (Recount recount : recounts) {
            recount.digestAll();
            if (!recount.digest.isEmpty()) {
                digests.put(recount.counter.counting().id(), recount.digest.value());
            }
        }
        return digests;
    }

    private final class Recount {
        private final EventCounter counter;
        private final DayDigest digest = new DayDigest();

        Recount(Counting counting) {
            this.counter = new EventCounter(counting);
        }

        void digestSome() {
            if (counter.totals().narrow() > totalsHeldMax) {
                counter.totals().takeSubjects().forEach(this::add);
            }
        }

        void digestAll() {
            counter.totals().totals().forEach(this::add);
        }

        private void add(Totals.Key key, Total total) {
            DayDigest.Place place =
                    new DayDigest.Place((int) key.level().seconds(), key.subject(), key.start(), key.slice());
            Tally.Kept kept = total.kept();
            Optional<Reading> latest = Optional.ofNullable(kept.latest());
            digest.add(
                    place,
                    write(key.dimensions()),
                    kept.count(),
                    kept.number(),
                    latest.map(Reading::source).orElse(null),
                    latest.map(Reading::id).orElse(null),
                    total.first(),
                    total.last());
            kept.texts().forEach(text -> digest.addValue(place, text));
        }
    }

    private String write(List<String> dimensions) {
        try {
            return json.writeValueAsString(dimensions);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("dimensions are not writable", unwritable);
        }
    }
}
