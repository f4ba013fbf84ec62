package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is secret is in Secrets, and what the evaluation makes of them can be used. */
class SecretsTest {
    private static final Path EVALUATION = Chart.FOLDER.resolve("ci/evaluation.yaml");
    private static final Pattern SECRET =
            Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY|kpat_[A-Za-z0-9]{8}|password\\s*[=:]\\s*[\"']?[A-Za-z0-9]{8}");

    static List<Path> scenarios() {
        return Chart.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void nothing_secret_is_anywhere_else(Path scenario) {
        for (JsonNode object : Chart.objects(scenario)) {
            if (!object.path("kind").asText().equals("Secret")) {
                assertThat(object.toString()).as(Chart.title(object)).doesNotContainPattern(SECRET);
            }
            for (JsonNode container : Chart.pod(object).path("containers")) {
                for (JsonNode variable : container.path("env")) {
                    if (variable.path("name").asText().matches(".*(PASSWORD|TOKEN|JAAS).*")) {
                        assertThat(variable.has("value"))
                                .as(variable.toString())
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void production_makes_none() {
        assertThat(Chart.objects(Chart.FOLDER.resolve("values-production.yaml"), "Secret"))
                .isEmpty();
    }

    @Test
    void the_keys_of_the_evaluation_are_a_pair() throws GeneralSecurityException {
        JsonNode data = Chart.object(EVALUATION, "Secret", "usance-signing").path("data");
        KeyFactory keys = KeyFactory.getInstance("EC");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.generatePrivate(new PKCS8EncodedKeySpec(der(data, "private.pem"))));
        signature.update(new byte[] {1, 2, 3});
        byte[] signed = signature.sign();
        signature.initVerify(keys.generatePublic(new X509EncodedKeySpec(der(data, "public.pem"))));
        signature.update(new byte[] {1, 2, 3});
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void the_first_token_looks_like_one() {
        assertThat(text(Chart.object(EVALUATION, "Secret", "usance-first-token").path("data"), "token"))
                .matches("kpat_[A-Za-z0-9]{40}");
    }

    @Test
    void two_installations_have_nothing_in_common() {
        JsonNode one = Chart.object(EVALUATION, "Secret", "usance-postgres").path("data");
        JsonNode other = Chart.objects(Chart.renderAgain(EVALUATION)).stream()
                .filter(object -> Chart.title(object).equals("Secret usance-postgres"))
                .findFirst()
                .orElseThrow()
                .path("data");
        assertThat(one.size()).isEqualTo(5);
        one.properties().forEach(entry -> assertThat(entry.getValue()).isNotEqualTo(other.path(entry.getKey())));
    }

    private static byte[] der(JsonNode data, String key) {
        return Base64.getMimeDecoder().decode(text(data, key).replaceAll("-----.*-----", ""));
    }

    private static String text(JsonNode data, String key) {
        return new String(Base64.getDecoder().decode(data.path(key).asText()), StandardCharsets.UTF_8);
    }
}
