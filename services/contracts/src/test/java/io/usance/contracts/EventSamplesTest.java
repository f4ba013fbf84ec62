package io.usance.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.usance.contracts.catalog.CatalogEvent;
import io.usance.contracts.catalog.FeatureCost;
import io.usance.contracts.catalog.LlmPrice;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.contracts.catalog.LlmPricing;
import io.usance.contracts.catalog.MeterCreated;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.catalog.UnitCost;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.contracts.subscription.SubscriptionEvent;
import io.usance.contracts.usage.UsageEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSamplesTest {
    /** What only requests have, so that no event ever shows it. */
    private static final Set<String> REQUESTS_ONLY = Set.of("FeatureReference.key", "TaxCodeReference.key");

    /** Answers of one service to another, which are on no topic. */
    private static final Set<Class<?>> ANSWERS = Set.of(
            CustomerSubscriptions.class,
            FeatureCost.class,
            UnitCost.Manual.class,
            UnitCost.Llm.class,
            LlmPriceHistory.class,
            LlmPrice.class,
            LlmPricing.class);

    /** Properties whose own properties are named by callers, so that another one is not an addition to the format. */
    private static final Set<String> MAPS = Set.of("dimensions", "filters", "labels");

    private static final Set<String> DATA = Set.of("config");

    static Stream<Class<?>> events() {
        return Stream.of(
                        Arrays.stream(CatalogEvent.class.getPermittedSubclasses()),
                        Arrays.stream(SubscriptionEvent.class.getPermittedSubclasses()),
                        Stream.of(UsageEvents.class))
                .flatMap(types -> types);
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_sample_is_what_its_schema_says(Class<?> event) {
        assertThat(schema(event, false).validate(sample(event))).isEmpty();
        assertThat(schemaText(event).path("title").textValue()).isEqualTo(event.getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_sample_has_nothing_that_its_schema_does_not_name(Class<?> event) {
        assertThat(schema(event, true).validate(sample(event))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_sample_comes_back_as_it_was(Class<?> event) throws IOException {
        JsonNode written = WireJson.MAPPER.readTree(
                WireJson.MAPPER.writeValueAsString(WireJson.MAPPER.treeToValue(sample(event), event)));

        assertThat(written).isEqualTo(sample(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_a_later_version_adds_is_ignored(Class<?> event) throws IOException {
        ObjectNode later = sample(event).deepCopy();
        addEverywhere(later);

        assertThat(WireJson.MAPPER.treeToValue(later, event))
                .isEqualTo(WireJson.MAPPER.treeToValue(sample(event), event));
        assertThat(schema(event, false).validate(later)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_a_schema_requires_cannot_be_left_out(Class<?> event) {
        for (JsonNode required : schemaText(event).path("required")) {
            ObjectNode without = sample(event).deepCopy();
            without.remove(required.textValue());
            assertThat(schema(event, false).validate(without))
                    .extracting(ValidationMessage::getType)
                    .containsExactly("required");
        }
        assertThat(schemaText(event).path("required")).isNotEmpty();
    }

    @Test
    void there_is_no_sample_and_no_event_schema_without_an_event() throws IOException {
        Set<String> expected = new TreeSet<>();
        events().forEach(event -> expected.add(path(event)));

        assertThat(resources("golden")).isEqualTo(expected);
        assertThat(resources("schemas")).containsAll(expected);
    }

    @Test
    void every_component_of_every_record_appears_in_some_sample() throws IOException {
        Set<String> seen = new TreeSet<>();
        Set<Class<?>> records = new HashSet<>();
        for (Class<?> event : events().toList()) {
            see(WireJson.MAPPER.treeToValue(sample(event), event), seen);
            reach(event, records);
        }

        Set<String> all = new TreeSet<>();
        for (Class<?> type : records) {
            for (RecordComponent component : type.getRecordComponents()) {
                all.add(type.getSimpleName() + "." + component.getName());
            }
        }
        all.removeAll(REQUESTS_ONLY);
        assertThat(seen).containsAll(all).doesNotContainAnyElementsOf(REQUESTS_ONLY);
        assertThat(records).as("variants too").contains(RateCardPrice.Volume.class, RateCard.MeteredEntitlement.class);
    }

    @Test
    void every_record_of_a_topic_is_an_event_or_part_of_one() throws IOException, ClassNotFoundException {
        Set<Class<?>> reached = new HashSet<>(ANSWERS);
        events().forEach(event -> reach(event, reached));

        Set<Class<?>> records = new LinkedHashSet<>();
        for (Class<?> interfaceOfTopic : List.of(CatalogEvent.class, SubscriptionEvent.class)) {
            records.addAll(recordsBeside(interfaceOfTopic));
        }

        assertThat(records).hasSizeGreaterThan(20);
        assertThat(reached).containsAll(records);
    }

    @Test
    void a_wrong_sample_would_be_found() {
        ObjectNode sample = sample(MeterCreated.class).deepCopy();
        ((ObjectNode) sample.path("meter")).put("aggregation", "SUM").put("event_tipe", "prompt");

        assertThat(schema(MeterCreated.class, true).validate(sample))
                .extracting(ValidationMessage::getType)
                .containsExactlyInAnyOrder("enum", "additionalProperties");
    }

    private static ObjectNode sample(Class<?> event) {
        return (ObjectNode) json("golden/" + path(event));
    }

    private static JsonNode schemaText(Class<?> event) {
        return json("schemas/" + path(event));
    }

    /** {@code PlanPublished} is at {@code catalog/plan-published.v1.json}, under the service that publishes it. */
    private static String path(Class<?> event) {
        String service = event == UsageEvents.class
                ? "ingestion"
                : CatalogEvent.class.isAssignableFrom(event) ? "catalog" : "subscription";
        String name = event.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return service + "/" + name + ".v1.json";
    }

    private static JsonSchema schema(Class<?> event, boolean closed) {
        return JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012,
                        factory -> factory.schemaLoaders(loaders -> loaders.add(location -> () -> {
                            JsonNode schema = json(location.toString().substring("classpath:".length()));
                            if (closed) {
                                close(schema);
                            }
                            return new ByteArrayInputStream(
                                    WireJson.MAPPER.writeValueAsString(schema).getBytes(StandardCharsets.UTF_8));
                        })))
                .getSchema(
                        SchemaLocation.of("classpath:schemas/" + path(event)),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(EventSamplesTest::close);
    }

    private static void addEverywhere(JsonNode node) {
        node.properties().forEach(property -> {
            if (MAPS.contains(property.getKey())) {
                property.getValue().forEach(EventSamplesTest::addEverywhere);
            } else if (!DATA.contains(property.getKey())) {
                addEverywhere(property.getValue());
            }
        });
        if (node instanceof ObjectNode object) {
            object.put("added_later", true);
        } else {
            node.forEach(EventSamplesTest::addEverywhere);
        }
    }

    private static void see(Object value, Set<String> seen) {
        switch (value) {
            case null -> {}
            case JsonNode ignored -> {}
            case Iterable<?> values -> values.forEach(one -> see(one, seen));
            case Map<?, ?> map -> map.values().forEach(one -> see(one, seen));
            case Record part -> {
                for (RecordComponent component : part.getClass().getRecordComponents()) {
                    try {
                        Object held = component.getAccessor().invoke(part);
                        if (held != null) {
                            seen.add(part.getClass().getSimpleName() + "." + component.getName());
                        }
                        see(held, seen);
                    } catch (ReflectiveOperationException inaccessible) {
                        throw new AssertionError(inaccessible);
                    }
                }
            }
            default -> {}
        }
    }

    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                reach(argument, reached);
            }
        } else if (type instanceof Class<?> part && part.getName().startsWith("io.usance.contracts.")) {
            if (part.isSealed()) {
                for (Class<?> variant : part.getPermittedSubclasses()) {
                    reach(variant, reached);
                }
            } else if (part.isRecord() && reached.add(part)) {
                for (RecordComponent component : part.getRecordComponents()) {
                    reach(component.getGenericType(), reached);
                }
            }
        }
    }

    private static List<Class<?>> recordsBeside(Class<?> neighbour) throws IOException, ClassNotFoundException {
        List<Class<?>> records = new ArrayList<>();
        Path folder = file(neighbour.getResource(neighbour.getSimpleName() + ".class"))
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(neighbour.getPackageName() + "." + name);
                if (type.isRecord()) {
                    records.add(type);
                }
            }
        }
        return records;
    }

    private static Set<String> resources(String folder) throws IOException {
        Path root = file(EventSamplesTest.class.getClassLoader().getResource(folder));
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(root.relativize(file).toString()));
            return names;
        }
    }

    private static Path file(URL resource) {
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static JsonNode json(String resource) {
        try (InputStream in = EventSamplesTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return WireJson.MAPPER.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
