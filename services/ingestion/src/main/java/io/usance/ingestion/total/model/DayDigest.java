package io.usance.ingestion.total.model;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A digest of the totals of one meter in one day: the same for the same totals in whichever order they come, and for
 * different ones never, but for a chance that nobody meets. Covers totals of every width that begin in the day.
 *
 * <p>Mutable and not thread-safe.
 */
public final class DayDigest {
    private static final int LANES = 4;

    private final MessageDigest hash = sha256();
    // Sums of the rows' hashes, which do not show in which order the rows came.
    private final long[] lanes = new long[LANES];
    private long rows;

    /**
     * Which total.
     *
     * @param levelSeconds width of its stretch of time
     * @param start of its stretch of time
     */
    public record Place(int levelSeconds, String subject, Instant start, UUID slice) {}

    /**
     * Takes in a total.
     *
     * @param dimensions as they are kept, a JSON array
     * @param number as the total holds it, null if it holds none; of numbers that are equal it does not matter which
     * @param source with {@code id} the latest event, null where that does not matter
     */
    public void add(
            Place place,
            String dimensions,
            long count,
            BigDecimal number,
            String source,
            String id,
            Instant first,
            Instant last) {
        add(
                "total",
                place,
                dimensions,
                String.valueOf(count),
                number == null ? null : number.stripTrailingZeros().toPlainString(),
                source,
                id,
                first.toString(),
                last.toString());
    }

    /** Takes in one of the different values behind a total. */
    public void addValue(Place place, String value) {
        add("value", place, value);
    }

    /** Whether nothing was taken in. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /** The digest of what was taken in so far. */
    public UUID value() {
        StringBuilder text = new StringBuilder().append(rows);
        for (long lane : lanes) {
            text.append(' ').append(lane);
        }
        return Slice.digest(text.toString());
    }

    private void add(String kind, Place place, String... parts) {
        put(kind);
        put(String.valueOf(place.levelSeconds()));
        put(place.subject());
        put(place.start().toString());
        put(place.slice().toString());
        for (String part : parts) {
            put(part);
        }
        ByteBuffer digest = ByteBuffer.wrap(hash.digest());
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] += digest.getLong();
        }
        rows++;
    }

    /** With its length before each part, two rows never give the same bytes. */
    private void put(String part) {
        if (part == null) {
            hash.update((byte) '-');
            return;
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        hash.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
