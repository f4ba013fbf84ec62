package io.usance.gateway.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.runtime.Startup;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.util.KeyUtils;
import io.usance.contracts.access.Roles;
import io.usance.contracts.access.TokenExchange.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the services who calls, in short-lived tokens that only the gateway can sign. */
@ApplicationScoped
public class SignedTokens {
    private static final String ISSUER = "usance-gateway";
    private static final String AUDIENCE = "usance";
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Signing costs more than all else a request needs here, so one token serves many, with half its life to spare. */
    private static final Duration REUSE = Duration.ofSeconds(30);

    /** The gateway itself, when it asks catalog whose token it was shown. */
    private static final Identity GATEWAY = new Identity("gateway", "gateway", null, Set.of(Roles.GATEWAY), null);

    private final SigningConfig config;
    private final PrivateKey key;
    private final LoadingCache<Identity, String> signed;

    @Inject
    SignedTokens(SigningConfig config, AccessConfig access) {
        this.config = config;
        key = readKey();
        signed = Caffeine.newBuilder()
                .maximumSize(access.cacheSizeMax())
                .expireAfterWrite(REUSE)
                .executor(Runnable::run)
                .build(this::sign);
    }

    /** A key that does not sign stops the start, and the first caller does not wait until the signer is warm. */
    @Startup
    void warmUp() {
        forGateway();
    }

    /** A signed token that says who the caller is; good for at least another half a minute. */
    public String forCaller(Identity identity) {
        return signed.get(identity);
    }

    /** A signed token with which the gateway speaks for itself. */
    String forGateway() {
        return signed.get(GATEWAY);
    }

    /**
     * A secret of 32 bytes that every gateway with the same signing key derives, and nobody else can.
     *
     * @param purpose what it is for; each purpose has a secret of its own
     */
    public byte[] deriveKey(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", impossible);
        }
    }

    private String sign(Identity identity) {
        JwtClaimsBuilder claims = Jwt.issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(identity.tokenId())
                .upn(identity.name())
                .groups(identity.roles())
                .expiresIn(LIFETIME);
        if (identity.namespace() != null) {
            claims.claim("ns", identity.namespace());
        }
        return claims.jws().algorithm(SignatureAlgorithm.ES256).sign(key);
    }

    private PrivateKey readKey() {
        try {
            return KeyUtils.decodePrivateKey(Files.readString(config.privateKeyLocation()), SignatureAlgorithm.ES256);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(
                    "usance.jwt.private-key-location does not name a PEM file with a P-256 key: "
                            + config.privateKeyLocation(),
                    failure);
        }
    }
}
