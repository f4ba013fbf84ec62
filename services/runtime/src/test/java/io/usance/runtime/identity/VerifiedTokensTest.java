package io.usance.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.usance.testkit.Eventually;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final KeyPair KEYS = keys();

    private final VerifiedTokens tokens = new VerifiedTokens();

    @Test
    void a_token_is_verified_once() throws ParseException {
        String token = token(KEYS, Duration.ofMinutes(1));
        assertThat(tokens.parse(token, rules())).isSameAs(tokens.parse(token, rules()));
        assertThat(tokens.parse(token, rules()).getGroups()).containsExactly("admin");
    }

    @Test
    void another_signature_under_the_same_claims_is_refused_although_the_first_is_known() throws ParseException {
        String token = token(KEYS, Duration.ofMinutes(1));
        String forged = token.substring(0, token.lastIndexOf('.'))
                + token(keys(), Duration.ofMinutes(1)).replaceFirst(".*(?=\\.)", "");
        tokens.parse(token, rules());
        assertThatThrownBy(() -> tokens.parse(forged, rules())).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> tokens.parse(forged, rules()))
                .as("what was refused is not remembered")
                .isInstanceOf(ParseException.class);
    }

    @Test
    void a_token_is_not_remembered_beyond_its_end() throws ParseException {
        String token = token(KEYS, Duration.ofSeconds(3));
        tokens.parse(token, rules());
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> tokens.parse(token, rules())).isInstanceOf(ParseException.class));
    }

    private static String token(KeyPair keys, Duration lifetime) {
        return Jwt.issuer("usance-gateway")
                .upn("test")
                .groups(Set.of("admin"))
                .expiresIn(lifetime)
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .sign(keys.getPrivate());
    }

    private static JWTAuthContextInfo rules() {
        JWTAuthContextInfo rules = new JWTAuthContextInfo(KEYS.getPublic(), "usance-gateway");
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        rules.setClockSkew(0);
        return rules;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
