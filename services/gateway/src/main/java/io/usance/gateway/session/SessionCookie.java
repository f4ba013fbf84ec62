package io.usance.gateway.session;

import io.usance.gateway.access.BearerToken;
import io.usance.gateway.access.SignedTokens;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps a session in the browser itself: the access token and the session's end, sealed so that only a gateway with
 * the same signing key reads them. No gateway remembers sessions, so any of them answers, after a restart too.
 */
@ApplicationScoped
public class SessionCookie {
    static final String NAME = "usance_session";

    /** What the key is for; another purpose gets another key. Changing it signs everybody out. */
    private static final String PURPOSE = "usance session cookie 1";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;
    private final Clock clock;

    @Inject
    SessionCookie(SignedTokens tokens, Clock clock) {
        key = new SecretKeySpec(tokens.deriveKey(PURPOSE), "AES");
        this.clock = clock;
    }

    /** Whether the request shows a session at all, good or not. */
    public boolean isOn(HttpServerRequest request) {
        return request.getCookie(NAME) != null;
    }

    /** The session that the request shows; empty when there is none, it has ended, or it is not one of ours. */
    public Optional<Session> read(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(NAME))
                .flatMap(cookie -> open(cookie.getValue()))
                .filter(session -> clock.instant().isBefore(session.endsAt()));
    }

    /** The header that makes the browser keep the session, and send it to us alone. */
    String keep(Session session, boolean https) {
        Duration left = Duration.between(clock.instant(), session.endsAt());
        return cookie(seal(session), https).setMaxAge(left.toSeconds()).encode();
    }

    /** The header that makes the browser forget its session. */
    public static String forget() {
        return cookie("", false).setMaxAge(0).encode();
    }

    private static Cookie cookie(String value, boolean https) {
        return Cookie.cookie(NAME, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(https)
                .setSameSite(CookieSameSite.STRICT);
    }

    private String seal(Session session) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = (session.endsAt().getEpochSecond() + " "
                        + session.token().secret())
                .getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            byte[] both = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES in GCM", impossible);
        }
    }

    private Optional<Session> open(String value) {
        try {
            ByteBuffer both = ByteBuffer.wrap(Base64.getUrlDecoder().decode(value));
            byte[] nonce = new byte[Math.min(NONCE_BYTES, both.remaining())];
            both.get(nonce);
            byte[] sealed = new byte[both.remaining()];
            both.get(sealed);
            String[] parts = new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed), StandardCharsets.US_ASCII)
                    .split(" ", 2);
            Instant endsAt = Instant.ofEpochSecond(Long.parseLong(parts[0]));
            return BearerToken.of(parts[1]).map(token -> new Session(token, endsAt));
        } catch (GeneralSecurityException | IllegalArgumentException foreign) {
            // Sealed with a key that is no longer ours, cut off, or made up.
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
