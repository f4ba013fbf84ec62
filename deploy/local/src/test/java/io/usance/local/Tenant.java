package io.usance.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A tenant of a stack that no other test knows, with access tokens as they are needed: rows, put there past the API. */
final class Tenant {
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final String INSERT_TENANT = "insert into catalog.tenant (namespace, created_at) values (?, now())";
    private static final String INSERT_TOKEN = """
            insert into catalog.access_token (namespace, id, name, kind, roles, hash, hint, created_at, expires_at)
            values (?, ?, 'test', 'SYSTEM_ACCOUNT', ?, ?, ?, now() - interval '1 day', ?)""";

    /** Later than any test. */
    private static final Duration LIFE = Duration.ofHours(1);

    private final Stack stack;
    private final String namespace;

    private Tenant(Stack stack, String namespace) {
        this.stack = stack;
        this.namespace = namespace;
    }

    static Tenant fresh(Stack stack) {
        Tenant tenant = new Tenant(stack, "tenant-" + ProcessHandle.current().pid() + "-" + TENANTS.incrementAndGet());
        tenant.update(INSERT_TENANT, tenant.namespace);
        return tenant;
    }

    String namespace() {
        return namespace;
    }

    /** A caller of this tenant's with just these roles. */
    Api api(String... roles) {
        return Api.of(stack.baseUri(), token(LIFE, roles));
    }

    /** The secret of a new token that lives for so long, or has been dead for as long if negative. */
    String token(Duration life, String... roles) {
        String secret = "spat_" + UUID.randomUUID().toString().replace("-", "");
        update(
                INSERT_TOKEN,
                namespace,
                ulid(),
                List.of(roles).stream().collect(Collectors.joining("\",\"", "[\"", "\"]")),
                sha256(secret),
                secret.substring(secret.length() - 4),
                Instant.now().plus(life).atOffset(ZoneOffset.UTC));
        return secret;
    }

    /** An id that is well formed and nobody's. */
    static String ulid() {
        return "01KJM"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 21).toUpperCase(Locale.ROOT);
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(stack.postgresUrl());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private static String sha256(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
