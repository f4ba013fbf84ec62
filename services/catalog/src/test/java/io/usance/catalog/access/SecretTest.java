package io.usance.catalog.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void no_two_secrets_are_alike() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            secrets.add(Secret.generate(TokenKind.SYSTEM_ACCOUNT).text());
        }
        assertThat(secrets).hasSize(1_000).allMatch(secret -> secret.matches("spat_[0-9A-Za-z]{40}"));
    }

    @Test
    void printing_one_does_not_give_it_away() {
        Secret secret = Secret.generate(TokenKind.PERSONAL);
        assertThat(secret.toString()).hasSize(5).doesNotContain(secret.text());
    }

    @Test
    void the_hash_is_sha_256() {
        assertThat(new Secret("abc").hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
