package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path ROOT = Path.of("/project");

    @Test
    void without_an_environment_everything_is_embedded_and_below_the_project() {
        Settings settings = Settings.of(ROOT, Map.of());
        assertThat(settings.home()).isEqualTo(Path.of("/project/.usance"));
        assertThat(settings.port()).isEqualTo(8888);
        assertThat(settings.token()).isEmpty();
        assertThat(settings.postgres()).isEmpty();
        assertThat(settings.kafka()).isEmpty();
    }

    @Test
    void an_empty_value_is_the_same_as_none() {
        assertThat(Settings.of(ROOT, Map.of("USANCE_PORT", "", "USANCE_HOME", " ")))
                .isEqualTo(Settings.of(ROOT, Map.of()));
    }

    @Test
    void each_setting_is_taken_from_its_variable() {
        Settings settings = Settings.of(
                ROOT,
                Map.of(
                        "USANCE_HOME", "/data/usance",
                        "USANCE_PORT", "9000",
                        "USANCE_TOKEN", "spat_abcdefghijklmno",
                        "USANCE_POSTGRES_URL", "postgresql://owner:p%40ss+word@db.example:6432/billing",
                        "USANCE_KAFKA_BOOTSTRAP", "k1:9092,k2:9092"));
        assertThat(settings.home()).isEqualTo(Path.of("/data/usance"));
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.token()).contains("spat_abcdefghijklmno");
        assertThat(settings.postgres())
                .contains(new ForeignPostgres("db.example:6432", "billing", "owner", "p@ss+word"));
        assertThat(settings.kafka()).contains("k1:9092,k2:9092");
    }

    @Test
    void the_port_of_a_foreign_postgres_may_be_left_out() {
        assertThat(ForeignPostgres.parse("postgres://owner:secret@db/billing").address())
                .isEqualTo("db:5432");
    }

    @Test
    void the_password_of_a_foreign_postgres_is_not_shown() {
        assertThat(ForeignPostgres.parse("postgresql://owner:secret@db/billing"))
                .hasToString("postgresql://owner@db:5432/billing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "80", "1023", "65514", "-1", "8888.0", "99999999999"})
    void a_port_out_of_range_is_refused(String port) {
        assertThatThrownBy(() -> Settings.of(ROOT, Map.of("USANCE_PORT", port)))
                .isInstanceOf(Refusal.class)
                .hasMessage("USANCE_PORT must be a number from 1024 to 65513, not " + port + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "kpat_", "kpat_short", "kpat_with a space inside", "KPAT_abc"})
    void a_token_that_no_client_could_send_is_refused_and_not_repeated(String token) {
        assertThatThrownBy(() -> Settings.of(ROOT, Map.of("USANCE_TOKEN", token)))
                .isInstanceOf(Refusal.class)
                .hasMessage("USANCE_TOKEN must be kpat_ or spat_ followed by 15 to 250 letters and digits.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db:5432/billing",
                "jdbc:postgresql://db/billing",
                "mysql://a:hunter2@db/billing",
                "postgresql://db/billing",
                "postgresql://a:hunter2@db",
                "postgresql://a:hunter2@db/",
                "postgresql://a:hunter 2@db/billing"
            })
    void a_malformed_address_of_postgres_is_refused_and_not_repeated(String url) {
        assertThatThrownBy(() -> Settings.of(ROOT, Map.of("USANCE_POSTGRES_URL", url)))
                .isInstanceOf(Refusal.class)
                .hasMessage("USANCE_POSTGRES_URL must look like postgresql://user:password@host:port/database.");
    }
}
