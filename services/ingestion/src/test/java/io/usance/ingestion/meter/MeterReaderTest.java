package io.usance.ingestion.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.kernel.meter.MeterAggregation;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterReaderTest {
    private static final String EVENT = """
            {"id":"1","data":{"tokens":12345678901234567890.123456789,"model":{"name":"gpt"},"tags":["a","b"],
             "steps":[{"ms":1},{"ms":2}],"ok":true,"none":null,"with space":"x","a.b":"dotted"}}""";

    @Test
    void a_value_keeps_every_digit() {
        assertThat(reader("$.tokens").value(MeterReader.data(EVENT)))
                .isEqualTo(new EventValue.Usable(new BigDecimal("12345678901234567890.123456789"), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.model.name|gpt",
                "$['model']['name']|gpt",
                "$['with space']|x",
                "$['a.b']|dotted",
                "$.tags[1]|b",
                "$.steps[0].ms|1",
                "$.ok|true",
                "$.none|''",
                "$.tags|''",
                "$.model|''",
                "$|''",
                "$.missing|''",
                "$.missing.deeper|''",
                "$.tags.name|''",
                "$.tokens.deeper|''",
                "$.tags[9]|''",
                "$..ms|''",
                "$.steps[*].ms|''",
                "$.model.length()|''",
                "not a path|''",
            })
    void a_path_leads_to(String path, String dimension) {
        assertThat(reader(path).dimension("it", MeterReader.data(EVENT))).isEqualTo(dimension);
    }

    @Test
    void an_event_without_data_has_nothing() {
        for (String event : new String[] {"{}", "{\"data\":null}", "{\"data\":{}}"}) {
            assertThat(reader("$.tokens").dimension("it", MeterReader.data(event)))
                    .isEmpty();
            assertThat(reader("$.tokens").value(MeterReader.data(event))).isInstanceOf(EventValue.Refused.class);
        }
    }

    @Test
    void a_dimension_that_the_meter_does_not_have_is_empty() {
        assertThat(reader("$.tokens").dimension("other", MeterReader.data(EVENT)))
                .isEmpty();
    }

    private static MeterReader reader(String path) {
        return new MeterReader(
                new Meter("01", "key", "name", MeterAggregation.SUM, "request", null, path, Map.of("it", path)));
    }
}
