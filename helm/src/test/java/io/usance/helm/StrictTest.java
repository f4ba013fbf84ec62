package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.ModelMapper;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes would take every object: no field that it does not know, none of the wrong type, none missing. */
class StrictTest {
    private static final Map<String, Class<?>> EXTENSIONS = Map.of(
            "HTTPRoute", HTTPRoute.class,
            "ServiceMonitor", ServiceMonitor.class,
            "PrometheusRule", PrometheusRule.class);

    static List<Path> scenarios() {
        return Chart.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void kubernetes_takes_every_object(Path scenario) {
        List<JsonNode> objects = Chart.objects(scenario);
        assertThat(objects).hasSizeGreaterThan(20);
        for (JsonNode object : objects) {
            try {
                demandValid(object);
            } catch (Exception refused) {
                throw new AssertionError(Chart.title(object) + ": " + refused.getMessage(), refused);
            }
        }
    }

    @Test
    void what_is_wrong_is_refused() {
        Path production = Chart.FOLDER.resolve("values-production.yaml");
        ObjectNode unknown =
                Chart.object(production, "Deployment", "usance-catalog").deepCopy();
        ((ObjectNode) unknown.path("spec")).put("replica", 2);
        assertThatThrownBy(() -> demandValid(unknown)).hasMessageContaining("replica");

        ObjectNode missing =
                Chart.object(production, "Deployment", "usance-catalog").deepCopy();
        ((ObjectNode) missing.path("spec")).remove("selector");
        assertThatThrownBy(() -> demandValid(missing)).hasMessageContaining("selector");

        ObjectNode type =
                Chart.object(production, "Deployment", "usance-catalog").deepCopy();
        ((ObjectNode) type.path("spec")).put("replicas", "two");
        assertThatThrownBy(() -> demandValid(type)).isInstanceOf(Exception.class);

        ObjectNode route =
                Chart.object(production, "HTTPRoute", "usance-gateway").deepCopy();
        ((ObjectNode) route.path("spec")).put("hostname", "example.com");
        assertThatThrownBy(() -> demandValid(route)).hasMessageContaining("hostname");
    }

    private static void demandValid(JsonNode object) throws Exception {
        String kind = object.path("kind").asText();
        if (EXTENSIONS.containsKey(kind)) {
            STRICT.treeToValue(object, EXTENSIONS.get(kind));
            return;
        }
        String[] version = object.path("apiVersion").asText().split("/");
        Class<?> model = version.length == 1
                ? ModelMapper.getApiTypeClass("", version[0], kind)
                : ModelMapper.getApiTypeClass(version[0], version[1], kind);
        assertThat(model).as("Kubernetes knows " + kind).isNotNull();
        try {
            model.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
        } catch (InvocationTargetException refused) {
            throw (Exception) refused.getCause();
        }
        // Types; the check above looks at names alone.
        assertThat((Object) new JSON().getGson().fromJson(object.toString(), model))
                .isNotNull();
    }

    /** Like the models' own reader, but nothing is kept that the model has no field for. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
}
