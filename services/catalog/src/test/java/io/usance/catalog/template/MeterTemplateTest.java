package io.usance.catalog.template;

import static io.usance.catalog.Fixtures.METERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.catalog.Api;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class MeterTemplateTest {
    private final Api api = Api.of(Namespaces.fresh());

    @Test
    void every_template_can_be_posted_as_it_is() throws Exception {
        JsonNode templates = new ObjectMapper()
                .readTree(api.get("/meter-templates")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .path("data");
        List<String> ids = new ArrayList<>();
        for (JsonNode template : templates) {
            ids.add(template.path("id").asText());
            JsonNode meter = template.path("meter");
            api.post(METERS, meter.toString())
                    .then()
                    .statusCode(201)
                    .body("key", equalTo(meter.path("key").asText()))
                    .body("name", equalTo(meter.path("name").asText()));
        }
        assertThat(ids).startsWith("agent_runs", "api_requests", "llm_tokens").hasSizeGreaterThan(3);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void the_template_of_the_guide_counts_agent_runs_by_agent() {
        String agentRuns = "data.find { it.id == 'agent_runs' }.";
        api.get("/meter-templates")
                .then()
                .body(agentRuns + "name", equalTo("Count agent runs"))
                .body(agentRuns + "meter.name", equalTo("Count Agent Runs"))
                .body(agentRuns + "meter.key", equalTo("agent_runs_total"))
                .body(agentRuns + "meter.event_type", equalTo("agent_run"))
                .body(agentRuns + "meter.aggregation", equalTo("count"))
                .body(agentRuns + "meter.value_property", nullValue())
                .body(agentRuns + "meter.dimensions", equalTo(java.util.Map.of("agent_name", "$.agent_name")));
    }

    @Test
    void the_gateways_templates_have_all_its_dimensions() {
        api.get("/meter-templates")
                .then()
                .body(
                        "data.find { it.id == 'api_requests' }.meter.dimensions.keySet()",
                        containsInAnyOrder(
                                "request_host",
                                "request_method",
                                "request_uri",
                                "response_http_status",
                                "route_name",
                                "client_ip",
                                "upstream_status",
                                "route_id",
                                "control_plane_id",
                                "service_id",
                                "service_name",
                                "service_port",
                                "service_protocol"))
                .body(
                        "data.find { it.id == 'llm_tokens' }.meter.dimensions.keySet()",
                        containsInAnyOrder(
                                "http_status",
                                "model",
                                "provider",
                                "type",
                                "control_plane_id",
                                "service_id",
                                "route_id",
                                "ai_plugin_id"))
                .body("data.find { it.id == 'llm_tokens' }.meter.value_property", equalTo("$.tokens"));
    }

    @Test
    void a_tenant_keeps_its_own_beside_them() {
        String template = """
                {"id":"gpu_seconds","name":"GPU seconds","meter":{"name":"GPU","key":"gpu_total","event_type":"gpu",\
                "aggregation":"sum","value_property":"$.s","dimensions":{"gpu":"$.gpu"}}}""";
        api.post("/meter-templates", template).then().statusCode(201).body("custom", equalTo(true));
        api.post("/meter-templates", template).then().statusCode(409).body("detail", containsString("gpu_seconds"));
        api.get("/meter-templates")
                .then()
                .body("data[-1].id", equalTo("gpu_seconds"))
                .body("data[-1].meter.value_property", equalTo("$.s"))
                .body("data[0].custom", equalTo(false));
        Api.of(Namespaces.fresh()).get("/meter-templates").then().body("data.findAll { it.custom }", empty());

        String meter = api.get("/meter-templates").jsonPath().getString("data[-1].meter.key");
        assertThat(meter).isEqualTo("gpu_total");
        api.delete("/meter-templates/gpu_seconds").then().statusCode(204);
        api.delete("/meter-templates/gpu_seconds").then().statusCode(404);
        api.get("/meter-templates").then().body("data.findAll { it.custom }", empty());
    }

    @Test
    void a_template_whose_meter_could_not_be_created_is_refused() {
        api.post("/meter-templates", """
                        {"id":"x","name":"X","meter":{"name":"X","key":"x","event_type":"x","aggregation":"sum"}}""")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.field", contains("meter.value_property"));
        api.post("/meter-templates", """
                        {"id":"X!","name":"X","meter":{"name":"X","event_type":"x","aggregation":"count"}}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", hasItems("id", "meter.key"));
        api.post("/meter-templates", """
                        {"id":"agent_runs","name":"X","meter":{"name":"X","key":"x","event_type":"x",\
                        "aggregation":"count"}}""").then().statusCode(409);
        api.delete("/meter-templates/agent_runs").then().statusCode(409);
    }
}
