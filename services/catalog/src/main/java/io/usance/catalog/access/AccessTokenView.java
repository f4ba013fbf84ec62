package io.usance.catalog.access;

import java.time.Instant;
import java.util.List;

/** @param token the secret, in the answer to its creation only; else null */
record AccessTokenView(
        String id,
        String name,
        TokenKind kind,
        List<String> roles,
        String hint,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant revokedAt,
        String token) {

    static AccessTokenView of(AccessTokenRow row) {
        return withSecret(row, null);
    }

    static AccessTokenView created(AccessTokenRow row, Secret secret) {
        return withSecret(row, secret.text());
    }

    private static AccessTokenView withSecret(AccessTokenRow row, String token) {
        return new AccessTokenView(
                row.id,
                row.name,
                row.kind,
                row.roles,
                row.hint,
                row.createdAt,
                row.expiresAt,
                row.lastUsedAt,
                row.revokedAt,
                token);
    }
}
