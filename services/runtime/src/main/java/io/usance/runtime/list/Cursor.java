package io.usance.runtime.list;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a list that is read forwards: after the row with this sort time and id. Opaque on the wire.
 *
 * @param at the sort field's value of the last row of the page before
 * @param id that row's id
 */
public record Cursor(Instant at, String id) {
    /** A row may go by a text of 1,024 bytes. */
    private static final int LENGTH_MAX = 2_048;

    String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Cursor> decode(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int bar = plain.indexOf('|');
            if (bar < 0 || plain.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            Instant at = Instant.parse(plain.substring(0, bar));
            return ListSpec.isWritable(at) ? Optional.of(new Cursor(at, plain.substring(bar + 1))) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            return Optional.empty();
        }
    }
}
