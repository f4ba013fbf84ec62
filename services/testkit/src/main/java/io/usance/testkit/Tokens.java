package io.usance.testkit;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.util.Set;

/** Signed tokens as the gateway makes them, for tests that talk to a service directly. */
public final class Tokens {
    /** Id that the tokens made here carry. */
    public static final String TOKEN_ID = "01TESTTKEN0000000000000000";

    /** A token of {@code namespace} that may do everything. */
    public static String admin(String namespace) {
        return withRoles(namespace, "admin");
    }

    /** A token of {@code namespace} with just these roles. */
    public static String withRoles(String namespace, String... roles) {
        return Jwt.issuer("usance-gateway")
                .audience("usance")
                .subject(TOKEN_ID)
                .upn("test")
                .groups(Set.of(roles))
                .claim("ns", namespace)
                .expiresIn(Duration.ofHours(1))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .sign(SigningKeys.privateKey(Platform.get().keys()).toString());
    }

    private Tokens() {}
}
