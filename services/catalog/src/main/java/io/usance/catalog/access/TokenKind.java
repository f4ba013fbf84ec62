package io.usance.catalog.access;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whom an access token stands for. */
enum TokenKind {
    /** A person; lives for at most a year. */
    @JsonProperty("personal")
    PERSONAL("kpat_"),
    /** A machine; may live for ever. */
    @JsonProperty("system_account")
    SYSTEM_ACCOUNT("spat_");

    private final String prefix;

    TokenKind(String prefix) {
        this.prefix = prefix;
    }

    /** What the secret starts with. */
    String prefix() {
        return prefix;
    }

    /** The kind that {@code secret} looks like; a system account's when it has a prefix of its own making. */
    static TokenKind of(String secret) {
        return secret.startsWith(PERSONAL.prefix) ? PERSONAL : SYSTEM_ACCOUNT;
    }
}
