package io.usance.catalog.access;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.PartitionKey;

/** An access token, without its secret. Changed by statements only, so that two changes at once cannot undo each other. */
@Entity
@Table(name = "access_token")
class AccessTokenRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String name;

    @Enumerated(EnumType.STRING)
    TokenKind kind;

    @Convert(converter = RolesColumn.class)
    List<String> roles;

    String hash;
    String hint;
    Instant createdAt;
    Instant expiresAt;
    Instant revokedAt;
    Instant lastUsedAt;

    boolean isLivingAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
