package io.usance.catalog.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a caller shows to prove who it is. Shown once, kept nowhere; its text is never logged, so {@link #toString} hides it.
 *
 * @param text the secret itself
 */
record Secret(String text) {
    /** Characters after the prefix; 62^40 possibilities. */
    static final int RANDOM_LENGTH = 40;

    private static final int HINT_LENGTH = 4;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret that nobody can guess. */
    static Secret generate(TokenKind kind) {
        StringBuilder text = new StringBuilder(kind.prefix());
        RANDOM.ints(RANDOM_LENGTH, 0, ALPHABET.length()).forEach(index -> text.append(ALPHABET.charAt(index)));
        return new Secret(text.toString());
    }

    /** SHA-256 in lower-case hexadecimal. A secret has too much chance in it to need a slow hash. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Its last characters, by which its owner tells it from others. */
    String hint() {
        return text.substring(text.length() - HINT_LENGTH);
    }

    @Override
    public String toString() {
        return "…" + hint();
    }
}
