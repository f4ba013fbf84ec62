package io.usance.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the public API's schemas take and refuse. Their examples are checked in {@link PublicApiTest}. */
class RequestBodiesTest {
    @Test
    void the_bodies_of_the_getting_started_guide_are_valid() {
        assertThat(faults("CreateMeterRequest", """
                {"name": "Count Agent Runs", "key": "agent_runs_total", "event_type": "agent_run",
                 "aggregation": "count", "dimensions": {"agent_name": "$.agent_name"}}""")).isEmpty();
        assertThat(faults("CreateFeatureRequest", """
                {"name": "Agent Runs", "key": "agent_runs", "meter": {"id": "01KJM00000000000000000METR"}}""")).isEmpty();
        assertThat(faults("CreatePlanRequest", """
                {"name": "Premium Plan", "key": "premium_plan", "currency": "USD", "billing_cadence": "P1M",
                 "phases": [{"name": "default", "key": "default", "rate_cards": [
                   {"name": "Agent Runs", "key": "agent_runs", "feature": {"id": "01KJM00000000000000000FEAT"},
                    "billing_cadence": "P1M", "price": {"type": "unit", "amount": "1"},
                    "entitlement": {"type": "boolean"}}]}]}""")).isEmpty();
        assertThat(faults("CreateCustomerRequest", """
                {"name": "Acme Inc", "key": "acme-inc", "usage_attribution": {"subject_keys": ["acme-inc"]}}""")).isEmpty();
        assertThat(faults("BillingSubscriptionCreate", """
                {"customer": {"id": "01KJM00000000000000000CVST"}, "plan": {"key": "premium_plan"}}""")).isEmpty();
        assertThat(faults("MeteringEvent", """
                {"specversion": "1.0", "type": "agent_run", "id": "8655CDD7-0775-4AEA-AF8C-89C47EBC8828",
                 "source": "acme-platform", "time": "2026-03-01T09:15:00Z", "datacontenttype": "application/json",
                 "subject": "acme-inc", "data": {"agent_name": "summarizer"}}""")).isEmpty();
    }

    @Test
    void every_fault_of_a_meter_is_found_at_once() {
        assertThat(faults("CreateMeterRequest", """
                {"key": "Agent-Runs", "name": "", "aggregation": "median", "event_type": 7, "events_from": "monday",
                 "dimensions": {"agent_name": 1}, "valueProperty": "$.tokens"}"""))
                .containsExactlyInAnyOrder(
                        "/name minLength",
                        "/key pattern",
                        "/aggregation enum",
                        "/event_type type",
                        "/events_from format",
                        "/dimensions/agent_name type",
                        "/valueProperty additionalProperties");
    }

    @Test
    void of_a_price_only_the_faults_of_its_own_type_are_found() {
        assertThat(rateCardFaults("""
                "price": {"type": "unit", "amount": 0.5, "tiers": []}"""))
                .containsExactlyInAnyOrder("/price oneOf", "/price/amount type", "/price/tiers additionalProperties");
        assertThat(rateCardFaults("""
                "price": {"type": "graduated", "tiers": [{"up_to_amount": "1e3"}]}"""))
                .containsExactlyInAnyOrder("/price oneOf", "/price/tiers/0/up_to_amount pattern");
        assertThat(rateCardFaults("""
                "price": {"type": "volume"}""")).containsExactlyInAnyOrder("/price oneOf", "/price/tiers required");
    }

    @Test
    void of_an_entitlement_only_the_faults_of_its_own_type_are_found() {
        assertThat(rateCardFaults("""
                "price": {"type": "free"}, "entitlement": {"type": "metered", "limit": -1, "config": {}}"""))
                .containsExactlyInAnyOrder(
                        "/entitlement oneOf", "/entitlement/limit minimum", "/entitlement/config additionalProperties");
    }

    @Test
    void a_unit_cost_is_set_or_cleared() {
        assertThat(faults("UpdateFeatureRequest", """
                {"unit_cost": null}""")).isEmpty();
        assertThat(faults("UpdateFeatureRequest", """
                {"unit_cost": {"type": "llm", "provider": "openai", "model_property": "model", "token_type": "input"}}""")).isEmpty();
        assertThat(faults("UpdateFeatureRequest", """
                {"unit_cost": {"type": "manual"}}"""))
                .containsExactlyInAnyOrder("/unit_cost oneOf", "/unit_cost/amount required");
    }

    @Test
    void a_cancelation_takes_a_word_or_a_time() {
        for (String timing :
                List.of("immediate", "next_billing_cycle", "2026-04-01T00:00:00Z", "2026-04-01T02:00:00+02:00")) {
            assertThat(faults("BillingSubscriptionCancel", "{\"timing\": \"%s\"}".formatted(timing)))
                    .isEmpty();
        }
        assertThat(faults("BillingSubscriptionCancel", "{}")).isEmpty();
        assertThat(faults("BillingSubscriptionCancel", """
                {"timing": "tomorrow"}""")).contains("/timing enum", "/timing format");
    }

    @Test
    void what_cloud_events_leaves_open_may_be_null_and_data_is_an_object() {
        assertThat(faults("MeteringEvent", """
                {"specversion": "1.0", "type": "t", "id": "1", "source": "s", "subject": "a", "time": null,
                 "datacontenttype": null, "dataschema": null, "data": null}""")).isEmpty();
        assertThat(faults("MeteringEvent", """
                {"specversion": "1.0", "type": "", "id": "1", "source": "a b", "subject": "a", "time": "12:00",
                 "datacontenttype": "text/plain", "data": [1]}"""))
                .containsExactlyInAnyOrder(
                        "/type minLength", "/source format", "/time format", "/datacontenttype enum", "/data type");
    }

    @Test
    void a_token_needs_a_name_and_known_roles() {
        assertThat(faults("CreateAccessTokenRequest", """
                {"name": "ci", "roles": ["ingest", "metering_viewer"]}""")).isEmpty();
        assertThat(faults("CreateAccessTokenRequest", """
                {"roles": ["root"], "kind": "robot", "expires_at": "never"}"""))
                .containsExactlyInAnyOrder("/name required", "/roles/0 enum", "/kind enum", "/expires_at format");
        assertThat(faults("CreateAccessTokenRequest", """
                {"name": "ci", "roles": []}""")).containsExactly("/roles minItems");
    }

    private static List<String> rateCardFaults(String rest) {
        return faults("BillingRateCard", "{\"name\": \"Runs\", \"key\": \"runs\", %s}".formatted(rest));
    }

    private static List<String> faults(String schema, String body) {
        try {
            return Faults.of("/components/schemas/" + schema, WireJson.MAPPER.readTree(body));
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
