package io.usance.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usance.runtime.problem.InvalidParameter;
import java.util.List;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class WireSchemasTest {
    private static final WireSchemas SCHEMAS = schemas();

    @Test
    void a_valid_body_has_no_faults() {
        assertFaults("""
                {"number": "12", "note": null, "payment": {"type": "card", "number": "1234"}, "timing": "now",
                 "parts": [{"type": "transfer", "account": "a"}], "paid_at": "2026-01-31T10:00:00+01:00"}""").isEmpty();
    }

    @Test
    void every_fault_is_told() {
        assertFaults("""
                {"number": "x", "note": 1, "paid_at": "yesterday", "parts": [{}, {}, {}], "colour": "red"}""")
                .containsExactlyInAnyOrder(
                        tuple("number", "min_length"),
                        tuple("number", "matches_regex"),
                        tuple("note", "is_string"),
                        tuple("paid_at", "is_date_time"),
                        tuple("parts", "max_items"),
                        tuple("parts[0].type", "required"),
                        tuple("parts[1].type", "required"),
                        tuple("parts[2].type", "required"),
                        tuple("colour", "unknown_property"));
    }

    @Test
    void of_alternatives_only_the_one_that_the_type_names_is_told_about() {
        assertFaults("""
                {"number": "12", "payment": {"type": "card", "number": "12345", "account": "a"}}""")
                .containsExactlyInAnyOrder(
                        tuple("payment.number", "max_length"), tuple("payment.account", "unknown_property"));
        assertFaults("""
                {"number": "12", "payment": {"type": "transfer"}}""").containsExactly(tuple("payment.account", "required"));
    }

    @Test
    void an_alternative_without_a_type_misses_its_type_and_nothing_else() {
        assertFaults("""
                {"number": "12", "payment": {"number": "12345"}}""").containsExactly(tuple("payment.type", "required"));
    }

    @Test
    void an_unknown_type_is_answered_with_the_known_ones() {
        for (String type : List.of("\"cash\"", "7", "null")) {
            assertThat(SCHEMAS.faults("Order", json("""
                            {"number": "12", "parts": [{"type": %s}]}""".formatted(type))))
                    .as(type)
                    .containsExactly(InvalidParameter.body("parts[0].type", "enum", "must be one of [card, transfer]")
                            .withChoices(List.of("card", "transfer")));
        }
    }

    @Test
    void an_alternative_that_is_no_object_must_be_one() {
        assertFaults("""
                {"number": "12", "payment": "card"}""").containsExactly(tuple("payment", "is_object"));
    }

    @Test
    void alternatives_without_a_type_are_told_about_one_by_one() {
        assertFaults("""
                {"number": "12", "timing": "soon"}""").containsExactlyInAnyOrder(tuple("timing", "enum"), tuple("timing", "is_date_time"));
        assertFaults("""
                {"number": "12", "timing": 7}""").containsExactly(tuple("timing", "is_string"));
    }

    @Test
    void null_is_fine_where_the_property_is_nullable_and_nowhere_else() {
        assertFaults("""
                {"number": "12", "note": null, "shipped_at": null, "refund": null}""").isEmpty();
        assertFaults("""
                {"number": null, "paid_at": null, "payment": null, "parts": [null], "timing": null}""")
                .containsExactlyInAnyOrder(
                        tuple("number", "is_string"),
                        tuple("paid_at", "is_string"),
                        tuple("payment", "is_object"),
                        tuple("parts[0]", "is_object"),
                        tuple("timing", "is_string"));
    }

    @Test
    void faults_inside_what_may_be_null_are_told() {
        assertFaults("""
                {"number": "12", "refund": {"type": "card", "number": null}, "shipped_at": "x"}""")
                .containsExactlyInAnyOrder(tuple("refund.number", "is_string"), tuple("shipped_at", "is_date_time"));
    }

    @Test
    void a_body_of_the_wrong_type_is_one_fault() {
        assertFaults("[]").containsExactly(tuple("body", "is_object"));
        assertFaults("null").containsExactly(tuple("body", "is_object"));
    }

    private static AbstractListAssert<?, List<? extends Tuple>, Tuple, ?> assertFaults(String body) {
        return assertThat(SCHEMAS.faults("Order", json(body)))
                .extracting(InvalidParameter::field, InvalidParameter::rule);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static WireSchemas schemas() {
        WireSchemas schemas = new WireSchemas();
        schemas.config = () -> "openapi/orders.yaml";
        schemas.readDescription();
        return schemas;
    }
}
