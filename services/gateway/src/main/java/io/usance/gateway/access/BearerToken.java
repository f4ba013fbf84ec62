package io.usance.gateway.access;

import io.usance.contracts.access.TokenExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The access token that a caller showed. Its text is a secret: it is never printed, and caches know only its hash. */
public final class BearerToken {
    private static final String SECRET = "(?:kpat|spat)_[A-Za-z0-9._~+/=-]+";
    private static final Pattern HEADER = Pattern.compile("(?i:Bearer) +(" + SECRET + ") *");
    private static final Pattern ALONE = Pattern.compile(SECRET);

    private final String secret;

    private BearerToken(String secret) {
        this.secret = secret;
    }

    /**
     * The token in the value of an {@code Authorization} header; empty when there is none or it cannot be one.
     *
     * @param header may be null
     */
    public static Optional<BearerToken> parse(String header) {
        return Optional.ofNullable(header)
                .map(HEADER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .flatMap(BearerToken::of);
    }

    /** The token that {@code secret} is; empty when it cannot be one. */
    public static Optional<BearerToken> of(String secret) {
        return secret.length() <= TokenExchange.Request.TOKEN_LENGTH_MAX
                        && ALONE.matcher(secret).matches()
                ? Optional.of(new BearerToken(secret))
                : Optional.empty();
    }

    /** SHA-256 of the token, in hex. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** For whoever asks catalog or seals it; nobody else needs it. */
    public String secret() {
        return secret;
    }

    @Override
    public String toString() {
        return secret.substring(0, 5) + "…";
    }
}
