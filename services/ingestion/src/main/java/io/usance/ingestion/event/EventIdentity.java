package io.usance.ingestion.event;

import io.usance.contracts.usage.UsageEvents.UsageEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.UUID;

/**
 * What makes an event the same event, as it is kept for ever.
 *
 * @param digest four bytes of the id's SHA-256, by which an event is found when only its id is known, and twelve of that of
 *     source and id together: nobody finds two events with the same
 */
record EventIdentity(String namespace, UUID digest) implements Comparable<EventIdentity> {
    /** As the database orders them. */
    private static final Comparator<EventIdentity> ORDER = Comparator.comparing(EventIdentity::namespace)
            .thenComparing(identity -> identity.digest().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(identity -> identity.digest().getLeastSignificantBits(), Long::compareUnsigned);

    private static final int ID_BYTES = 4;
    private static final int BOTH_BYTES = 12;

    /** Of {@code event} of a tenant. */
    static EventIdentity of(String namespace, UsageEvent event) {
        byte[] source = event.source().getBytes(StandardCharsets.UTF_8);
        byte[] id = event.id().getBytes(StandardCharsets.UTF_8);
        MessageDigest sha = sha256();
        // With its length before the source, no two pairs give one text.
        sha.update((source.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(source);
        byte[] both = sha.digest(id);
        ByteBuffer digest = ByteBuffer.allocate(ID_BYTES + BOTH_BYTES)
                .put(sha.digest(id), 0, ID_BYTES)
                .put(both, 0, BOTH_BYTES)
                .flip();
        return new EventIdentity(namespace, new UUID(digest.getLong(), digest.getLong()));
    }

    /** The least digest that an event with {@code id} may have. */
    static UUID least(String id) {
        return new UUID(prefix(id) << Integer.SIZE, 0);
    }

    /** The greatest digest that an event with {@code id} may have. */
    static UUID greatest(String id) {
        return new UUID(prefix(id) << Integer.SIZE | 0xFFFF_FFFFL, -1);
    }

    private static long prefix(String id) {
        return ByteBuffer.wrap(sha256().digest(id.getBytes(StandardCharsets.UTF_8)))
                .getInt();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int compareTo(EventIdentity other) {
        return ORDER.compare(this, other);
    }
}
