package io.usance.ingestion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.ulid.UlidCreator;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.usance.contracts.Topics;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.Tokens;
import io.usance.testkit.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** A tenant of its own for one test: sends, asks, and plays catalog and subscription, which tell of meters and customers. */
public final class Tenant {
    public static final String EVENTS = "/v3/openmeter/events";
    public static final String ONE = "application/cloudevents+json";
    public static final String BATCH = "application/cloudevents-batch+json";

    static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String namespace = Namespaces.fresh();

    public String namespace() {
        return namespace;
    }

    /** A request as this tenant, with every right. */
    public RequestSpecification request() {
        return request("admin");
    }

    public RequestSpecification request(String... roles) {
        return given().header("Authorization", "Bearer " + Tokens.withRoles(namespace, roles));
    }

    /** Sends a body and says how that went. */
    public Response send(String contentType, String body) {
        // REST Assured would add a charset of its own.
        return request()
                .config(io.restassured.RestAssured.config()
                        .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(contentType, io.restassured.http.ContentType.TEXT)))
                .contentType(contentType)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(EVENTS);
    }

    /** Sends events that must be accepted. */
    public void accepts(String... events) {
        assertThat(send(BATCH, "[" + String.join(",", events) + "]").statusCode())
                .isEqualTo(202);
    }

    /** Waits until this tenant has {@code count} events stored. */
    public void awaitStored(long count) {
        Eventually.holds(DEADLINE, () -> assertThat(stored()).isEqualTo(count));
    }

    /** Waits until every stored event is in the totals of every meter that was heard of, and nothing is to be cleaned. */
    public void awaitCounted() {
        Eventually.holds(DEADLINE, () -> assertThat(Database.count("""
                                select (select count(*) from ingestion.event_position where last_seq > counted_seq)
                                    + (select count(*) from ingestion.counting where state <> 'live')
                                    + (select count(*) from ingestion.meter
                                       where (deleted_at is null and shape is distinct from counted_shape)
                                          or (deleted_at is not null and counted_shape is not null))""")).isZero());
    }

    public long stored() {
        return Database.count("select count(*) from ingestion.event where namespace = ?", namespace);
    }

    /** An event of the type {@code request} with {@code data}. */
    public static String event(String id, String subject, String time, String data) {
        return event(id, "request", subject, time, data);
    }

    public static String event(String id, String type, String subject, String time, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"test","type":"%s","subject":"%s","time":"%s","data":%s}""".formatted(id, type, subject, time, data);
    }

    /** Has catalog tell of a meter, and waits until it was heard. */
    public String meter(String key, String aggregation, String valueProperty, Map<String, String> dimensions) {
        ObjectNode meter = JSON.createObjectNode();
        meter.put("key", key).put("name", key).put("aggregation", aggregation).put("event_type", "request");
        if (valueProperty != null) {
            meter.put("value_property", valueProperty);
        }
        dimensions.forEach(meter.putObject("dimensions")::put);
        return meter(meter);
    }

    /** @param meter a meter without an id, as catalog describes it */
    public String meter(ObjectNode meter) {
        String id = ulid();
        meter.put("id", id);
        publish(Topics.CATALOG, "MeterCreated", id, 1, JSON.createObjectNode().set("meter", meter));
        Eventually.holds(
                DEADLINE,
                () -> assertThat(Database.count(
                                "select count(*) from ingestion.meter where namespace = ? and id = ?", namespace, id))
                        .isEqualTo(1));
        return id;
    }

    /** Has subscription tell of a customer, and waits until it was heard. */
    public String customer(String key, String... subjectKeys) {
        String id = ulid();
        customerChanged(id, "CustomerCreated", 1, key, subjectKeys);
        Eventually.holds(
                DEADLINE,
                () -> assertThat(Database.count(
                                "select count(*) from ingestion.customer where namespace = ? and id = ?",
                                namespace,
                                id))
                        .isEqualTo(1));
        return id;
    }

    public void customerChanged(String id, String type, long sequence, String key, String... subjectKeys) {
        ObjectNode customer = JSON.createObjectNode();
        customer.put("id", id).put("key", key).put("name", "Name of " + key);
        for (String subjectKey : subjectKeys) {
            customer.withArray("subject_keys").add(subjectKey);
        }
        publish(Topics.SUBSCRIPTION, type, id, sequence, JSON.createObjectNode().set("customer", customer));
    }

    /** Publishes an event as another service would. */
    public void publish(String topic, String type, String entityId, long sequence, JsonNode data) {
        publish(topic, ulid(), type, entityId, sequence, data);
    }

    public void publish(String topic, String eventId, String type, String entityId, long sequence, JsonNode data) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("event_id", eventId)
                .put("type", type)
                .put("namespace", namespace)
                .put("entity_id", entityId)
                .put("sequence", sequence)
                .put("occurred_at", "2026-01-01T00:00:00Z")
                .set("data", data);
        Topic.publish(topic, namespace + "/" + entityId, envelope.toString());
    }

    /** Asks a meter. */
    public Response query(String meterId, String body) {
        return request().contentType("application/json").body(body).post("/v3/openmeter/meters/" + meterId + "/query");
    }

    public Response post(String path, String body) {
        return request().contentType("application/json").body(body).post(path);
    }

    public Response postAs(String path, String body, String role) {
        return request(role).contentType("application/json").body(body).post(path);
    }

    /** The answer of a meter that must answer. */
    public JsonNode answer(String meterId, String body) {
        Response response = query(meterId, body);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return tree(response.asString());
    }

    /** A page of the event list that must be there. */
    public JsonNode list(Map<String, ?> parameters) {
        Response response = request().queryParams(parameters).get(EVENTS);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return tree(response.asString());
    }

    public static JsonNode tree(String json) {
        try {
            return JSON.reader()
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(json);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static String ulid() {
        return UlidCreator.getUlid().toString();
    }
}
