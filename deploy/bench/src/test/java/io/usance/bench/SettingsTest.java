package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.usance.bench.Settings.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Path ROOT = Path.of("/project");

    @Test
    void without_a_wish_the_whole_is_measured_as_it_is_promised() {
        Settings settings = Settings.of(ROOT, Map.of());
        assertThat(settings.parts()).containsExactlyInAnyOrder(Part.values());
        assertThat(settings.histories()).containsExactly(1_000_000L, 20_000_000L);
        assertThat(settings.requests()).isEqualTo(1_000);
        assertThat(settings.subjects()).isEqualTo(10_000);
        assertThat(settings.batchSize()).isEqualTo(100);
        assertThat(settings.countFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.replicasFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.soakFor()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.report()).isEqualTo(Path.of("/project/docs/benchmarks"));
        assertThat(settings.home()).isEqualTo(Path.of("/project/deploy/bench/target/stack"));
    }

    @Test
    void a_part_alone_does_not_replace_the_document_of_the_whole() {
        Settings settings = Settings.of(ROOT, Map.of("BENCH_PARTS", "queries, limits"));
        assertThat(settings.parts()).containsExactlyInAnyOrder(Part.QUERIES, Part.LIMITS);
        assertThat(settings.report()).isEqualTo(Path.of("/project/deploy/bench/target/report"));
    }

    @Test
    void histories_rise() {
        assertThat(Settings.of(ROOT, Map.of("BENCH_EVENTS", "100000000,1000000"))
                        .histories())
                .containsExactly(1_000_000L, 100_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "BENCH_PARTS, all",
        "BENCH_EVENTS, '1000,'",
        "BENCH_REQUESTS, 0",
        "BENCH_COUNT_FOR, 300",
        "BENCH_BATCH, 10001",
        "BENCH_SUBJECTS, 10"
    })
    void a_wish_that_makes_no_sense_is_refused_by_name(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(ROOT, Map.of(name, value)))
                .withMessageContaining(name);
    }
}
