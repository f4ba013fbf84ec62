package io.usance.catalog.access;

import io.usance.runtime.wire.WireSchema;
import java.time.Instant;
import java.util.List;

/**
 * @param kind null for a personal token
 * @param expiresAt null for the longest that the kind allows
 */
@WireSchema("CreateAccessTokenRequest")
record CreateAccessTokenRequest(String name, TokenKind kind, List<String> roles, Instant expiresAt) {
    CreateAccessTokenRequest {
        kind = kind == null ? TokenKind.PERSONAL : kind;
    }
}
