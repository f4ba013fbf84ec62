package io.usance.runtime.ids;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Makes the ids of new rows before they are inserted, so that the response and the outbox can carry them. */
@ApplicationScoped
public class Ids {
    private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private final UlidFactory ulids = UlidFactory.newMonotonicInstance();

    @Inject
    Clock clock;

    /** A new ULID: 26 characters, ascending in time within this process. */
    public String next() {
        Ulid ulid = ulids.create(clock.millis());
        return ulid.toString();
    }

    /** The ULID of {@code time} that is the same for the same {@code name} always and everywhere. */
    public static String derived(Instant time, String name) {
        return new Ulid(time.toEpochMilli(), Arrays.copyOf(sha256(name), Ulid.RANDOM_BYTES)).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether {@code text} has the form of a ULID: 26 characters of Crockford's base 32 in upper case. */
    public static boolean isUlid(String text) {
        return text != null && ULID.matcher(text).matches();
    }
}
