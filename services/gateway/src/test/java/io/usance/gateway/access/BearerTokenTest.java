package io.usance.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer kpat_abc", "bearer kpat_abc", "BEARER   kpat_abc ", "Bearer kpat_abc"})
    void personal_tokens_are_taken_whatever_the_case_of_the_scheme(String header) {
        assertThat(BearerToken.parse(header)).map(BearerToken::secret).contains("kpat_abc");
    }

    @Test
    void tokens_of_systems_are_taken() {
        assertThat(BearerToken.parse("Bearer spat_A-b_c.d~e+f/g=")).isPresent();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer kpat_",
                "Bearer xpat_abc",
                "Bearer KPAT_abc",
                "Basic kpat_abc",
                "kpat_abc",
                "Bearerkpat_abc",
                "Bearer kpat_a b",
                "Bearer kpat_a, Bearer kpat_b",
                "Bearer kpat_ä",
                "Bearer eyJhbGciOiJFUzI1NiJ9.e30.x"
            })
    void anything_else_is_not_a_token(String header) {
        assertThat(BearerToken.parse(header)).isEmpty();
    }

    @Test
    void a_token_has_at_most_256_characters() {
        assertThat(BearerToken.parse("Bearer kpat_" + "a".repeat(251))).isPresent();
        assertThat(BearerToken.parse("Bearer kpat_" + "a".repeat(252))).isEmpty();
    }

    @Test
    void the_hash_is_the_one_that_everybody_computes() {
        // printf kpat_abc | sha256sum
        assertThat(BearerToken.parse("Bearer kpat_abc").orElseThrow().hash())
                .isEqualTo("b2a42da1ee53671943eb194f90d626a4fec09f4572e26cac80c639bd6e0aceb9");
    }

    @Test
    void is_never_printed() {
        assertThat(BearerToken.parse("Bearer kpat_secret").orElseThrow()).hasToString("kpat_…");
    }
}
