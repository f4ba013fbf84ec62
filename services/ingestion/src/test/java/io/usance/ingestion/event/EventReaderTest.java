package io.usance.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final EventConfig LIMITS = config(Map.of());

    @Test
    void limits_have_these_defaults_and_can_be_set() {
        assertThat(LIMITS.batchSizeMax()).isEqualTo(10_000);
        assertThat(LIMITS.eventBytesMax()).isEqualTo(262_144);
        assertThat(LIMITS.dataDepthMax()).isEqualTo(32);
        assertThat(LIMITS.acknowledgeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(LIMITS.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(LIMITS.bufferBytesMax()).isEqualTo(33_554_432);
        assertThat(LIMITS.inFlightBytesMax()).isEqualTo(16_777_216);
        assertThat(LIMITS.lagMax()).isEqualTo(Duration.ofMinutes(5));
        assertThat(LIMITS.storeSizeMax()).isEqualTo(10_000);
        assertThat(LIMITS.storeBytesMax()).isEqualTo(8_388_608);
        assertThat(LIMITS.retention()).isEqualTo(Duration.ofDays(730));
        assertThat(config(Map.of("ingestion.event.batch-size-max", "7")).batchSizeMax())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:00:00Z,                2026-01-31T10:00:00Z",
        "2026-01-31t10:00:00z,                2026-01-31T10:00:00Z",
        "2026-01-31T10:00:00+02:00,           2026-01-31T08:00:00Z",
        "2026-01-31T10:00:00.5-00:30,         2026-01-31T10:30:00.500Z",
        "2026-01-31T10:00:00.123456789Z,      2026-01-31T10:00:00.123456Z",
        "2026-01-31T10:00:00.12345678901234Z, 2026-01-31T10:00:00.123456Z",
        "1970-01-01T00:00:00Z,                1970-01-01T00:00:00Z",
        "2199-12-31T23:59:59.999999Z,         2199-12-31T23:59:59.999999Z",
    })
    void a_time_is_read_to_the_microsecond(String written, String instant) {
        assertThat(read(event("\"time\":\"" + written + "\"")).getFirst().occurredAt())
                .isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "",
                "2026-01-31",
                "2026-01-31T10:00Z",
                "2026-01-31T10:00:00",
                "2026-02-30T10:00:00Z",
                "2026-01-31T25:00:00Z",
                "2026-01-31 10:00:00Z",
                "1767225600",
                "1969-12-31T23:59:59Z",
                "2200-01-01T00:00:00Z",
            })
    void a_time_that_is_none_or_out_of_reach_is_refused(String written) {
        assertThat(faults(event("\"time\":\"" + written + "\""))).allMatch(fault -> fault.startsWith("time "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"time\":null",
                "\"datacontenttype\":null",
                "\"dataschema\":null",
                "\"data\":null",
                "\"data\":{}",
                "\"data\":{\"a\":\"\\uD83D\\uDE00\",\"\\ud83d\\ude00\":\"\\\\ud800\"}",
                "\"datacontenttype\":\"application/json\"",
                "\"dataschema\":\"https://example.com/schema\"",
                "\"dataschema\":\"urn:example:schema\"",
            })
    void an_attribute_may_be(String attribute) {
        assertThat(read(event(attribute)).getFirst().occurredAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"time\":7|time is_string",
                "\"time\":{}|time is_string",
                "\"datacontenttype\":\"text/plain\"|datacontenttype enum",
                "\"datacontenttype\":{}|datacontenttype is_string",
                "\"dataschema\":\"relative\"|dataschema invalid",
                "\"dataschema\":\"\"|dataschema min_length",
                "\"data\":\"text\"|data is_object",
                "\"data\":[1]|data is_object",
                "\"data\":7|data is_object",
                "\"data_base64\":\"AA==\"|data_base64 unknown_property",
                "\"traceparent\":\"00-1-2-3\"|traceparent unknown_property",
                "\"extension\":{\"a\":[1,{}]}|extension unknown_property",
                "\"id\":\"again\"|id invalid",
                "\"data\":{\"a\":\"\\u0000\"}|data invalid",
                "\"data\":{\"\\u0000\":1}|data invalid",
                "\"data\":{\"a\":[\"\\ud83d\\ude00\\udE00\"]}|data invalid",
                "\"data\":{\"\\uD800\":1}|data invalid",
                "\"data\":{\"a\":1e1001}|data invalid",
                "\"data\":{\"a\":1e-99999999999}|data invalid",
            })
    void an_attribute_may_not_be(String attribute, String fault) {
        assertThat(faults(event(attribute))).containsExactly(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "type", "subject", "source"})
    void a_name_has_1_to_1024_bytes_and_neither_nul_nor_half_characters(String attribute) {
        assertThat(read(with(attribute, "x".repeat(1_024)))).hasSize(1);
        assertThat(read(with(attribute, "é".repeat(512)))).hasSize(1);
        assertThat(faults(with(attribute, "x".repeat(1_025)))).containsExactly(attribute + " max_length");
        assertThat(faults(with(attribute, "é".repeat(513)))).containsExactly(attribute + " max_length");
        assertThat(faults(with(attribute, ""))).containsExactly(attribute + " min_length");
        assertThat(faults(with(attribute, "a\\u0000"))).containsExactly(attribute + " invalid");
        assertThat(faults(with(attribute, "a\\ud800"))).containsExactly(attribute + " invalid");
        assertThat(faults(with(attribute, "\\udc00\\ud800"))).containsExactly(attribute + " invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme-platform", "/a/b", "https://example.com/x?y=z#f", "urn:x:y", "//host", "é"})
    void a_source_is_a_uri_or_a_relative_reference(String source) {
        assertThat(read(with("source", source)).getFirst().source()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "{braces}", "100%", "https://[", "a\\\\b"})
    void a_source_is_nothing_else(String source) {
        assertThat(faults(with("source", source))).containsExactly("source invalid");
    }

    @Test
    void an_event_has_at_most_so_many_bytes() {
        String event = event("\"data\":{\"a\":\"%s\"}");
        String fitting = event.formatted("é".repeat((262_144 - event.length() + 2) / 2));
        assertThat(read(fitting)).hasSize(1);
        assertThat(faults(fitting.replaceFirst("é", "éé"))).containsExactly("body max_length");
    }

    @Test
    void data_is_nested_at_most_so_deep() {
        assertThat(read(event("\"data\":" + nested(32)))).hasSize(1);
        assertThat(faults(event("\"data\":" + nested(33)))).containsExactly("data invalid");
        assertThat(faults(event("\"data\":" + nested(900)))).containsExactly("data invalid");
        assertThat(faults(event("\"data\":" + nested(5_000)))).containsExactly("body invalid");
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    @Test
    void at_most_a_hundred_faults_are_named() {
        assertThat(faults("[" + "{},".repeat(999) + "{}]")).hasSize(100);
    }

    @Test
    void what_comes_after_the_end_is_refused() {
        assertThat(faults(event("\"data\":{}") + "x")).containsExactly("body invalid");
        assertThat(faults(event("\"data\":{}") + event("\"data\":{}"))).containsExactly("body invalid");
        assertThat(faults("[" + event("\"data\":{}") + "]]")).containsExactly("body invalid");
    }

    @Test
    void each_event_of_a_batch_keeps_its_own_text() {
        String first = event("\"data\":{\"é😀\" : [1.0, 1.00]}");
        String second = "{ " + event("\"time\":null").substring(1);
        assertThat(read(" [ " + first + " ,\n" + second + "\t] "))
                .extracting(UsageEvent::body)
                .containsExactly(first, second);
    }

    private static String event(String attribute) {
        return """
                {"specversion":"1.0","id":"1","source":"s","type":"t","subject":"j",%s}""".formatted(attribute);
    }

    private static String with(String attribute, String value) {
        return event("\"data\":{}")
                .replaceFirst(
                        "\"" + attribute + "\":\"[^\"]*\"",
                        java.util.regex.Matcher.quoteReplacement("\"" + attribute + "\":\"" + value + "\""));
    }

    private static List<UsageEvent> read(String body) {
        return new EventReader(EventFormat.EITHER, NOW, LIMITS).read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> faults(String body) {
        ProblemException[] refusal = new ProblemException[1];
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(ProblemException.class, problem -> refusal[0] = problem);
        return refusal[0].invalidParameters().stream()
                .map(EventReaderTest::shortly)
                .toList();
    }

    private static String shortly(InvalidParameter fault) {
        return fault.field() + " " + fault.rule();
    }

    private static EventConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(EventConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(EventConfig.class);
    }
}
