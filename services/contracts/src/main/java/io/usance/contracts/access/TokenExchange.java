package io.usance.contracts.access;

import java.time.Instant;
import java.util.Set;

/** The gateway's question to catalog: whose token is this? */
public final class TokenExchange {
    /**
     * @param token the secret as the caller sent it, 1 to {@value #TOKEN_LENGTH_MAX} characters
     */
    public record Request(String token) {
        public static final int TOKEN_LENGTH_MAX = 256;
    }

    /**
     * Who the caller is; the answer for an unknown, revoked or expired token is 404.
     *
     * @param tokenId ULID of the token
     * @param name what its owner called it
     * @param namespace the tenant
     * @param roles one or more of {@link Roles#ALL}
     * @param expiresAt when it stops to work, null for never
     */
    public record Identity(String tokenId, String name, String namespace, Set<String> roles, Instant expiresAt) {}

    private TokenExchange() {}
}
