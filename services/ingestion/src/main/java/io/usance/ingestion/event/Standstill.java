package io.usance.ingestion.event;

import io.usance.ingestion.event.EventBacklog.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far counting is behind storing, as it shows to somebody who looks now and then. Not for several threads. */
final class Standstill {
    private final Map<Integer, Seen> seen = new HashMap<>();

    /** By partition, a number above which all events have that are not counted. */
    private final Map<Integer, Long> floors = new HashMap<>();

    private long uncounted;

    /** How far a partition is counted, and since when it is known to be no further. */
    private record Seen(long countedSeq, long nanos) {}

    /** @param nanos when the {@code places} were so, see {@link System#nanoTime} */
    void look(List<Place> places, long nanos) {
        List<Place> behind = places.stream()
                .filter(place -> place.countedSeq() < place.lastSeq())
                .toList();
        seen.keySet().retainAll(behind.stream().map(Place::partition).toList());
        behind.forEach(place -> see(place, nanos));
        uncounted = uncounted(behind);
        // Numbers come from one sequence for all partitions: what comes to one that is counted has a greater one than
        // all
        // that there are, and without this a partition that is seldom hit would seem to have all that came to the
        // others.
        long highest = places.stream().mapToLong(Place::lastSeq).max().orElse(0);
        places.stream()
                .filter(place -> place.countedSeq() == place.lastSeq())
                .forEach(place -> floors.put(place.partition(), highest));
    }

    private void see(Place place, long nanos) {
        seen.merge(
                place.partition(),
                new Seen(place.countedSeq(), nanos),
                (before, now) -> before.countedSeq() == now.countedSeq() ? before : now);
        floors.merge(place.partition(), place.countedSeq(), Math::max);
    }

    private long uncounted(List<Place> behind) {
        long highest = behind.stream().mapToLong(Place::lastSeq).max().orElse(0);
        long floor = behind.stream()
                .mapToLong(place -> floors.get(place.partition()))
                .min()
                .orElse(0);
        return Math.max(behind.size(), highest - floor);
    }

    /** About how many events are stored and not counted, hardly more than there are in truth if partitions fare alike. */
    long uncounted() {
        return uncounted;
    }

    /** For how long counting has not got on in the partition where that is longest; zero where there is nothing to count. */
    Duration longest(long nanos) {
        return seen.values().stream()
                .map(since -> Duration.ofNanos(nanos - since.nanos()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
