package io.usance.ingestion.total.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/** Short names of long texts. */
public final class Slice {
    /** The digest of the values of dimensions; the same for the same values in the same order only. */
    public static UUID of(List<String> dimensions) {
        StringBuilder text = new StringBuilder();
        for (String value : dimensions) {
            // With its length before each value, two lists never give one text.
            text.append(value.length()).append(':').append(value);
        }
        return digest(text.toString());
    }

    /** The first half of a SHA-256: nobody finds two texts with the same. */
    public static UUID digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer half = ByteBuffer.wrap(digest);
            return new UUID(half.getLong(), half.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Slice() {}
}
