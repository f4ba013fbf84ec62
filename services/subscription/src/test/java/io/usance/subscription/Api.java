package io.usance.subscription;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.usance.testkit.Tokens;
import java.util.Map;

/** The service as a billing administrator of one tenant calls it. */
public record Api(String namespace) {
    public static final String CUSTOMERS = "/v3/openmeter/customers";
    public static final String SUBSCRIPTIONS = "/v3/openmeter/subscriptions";

    public RequestSpecification call() {
        return call("billing_admin");
    }

    public RequestSpecification call(String... roles) {
        return given().auth().oauth2(Tokens.withRoles(namespace, roles));
    }

    public ValidatableResponse post(String path, Object body) {
        return call().contentType(ContentType.JSON).body(body).post(path).then();
    }

    public ValidatableResponse put(String path, Object body) {
        return call().contentType(ContentType.JSON).body(body).put(path).then();
    }

    public ValidatableResponse get(String path, Object... parameters) {
        return call().get(path, parameters).then();
    }

    public ValidatableResponse delete(String path) {
        return call().delete(path).then();
    }

    /** Creates a customer without anything but a key; returns its id. */
    public String customer(String key) {
        return customer(Map.of("key", key, "name", "Customer " + key));
    }

    public String customer(Map<String, ?> body) {
        return post(CUSTOMERS, body).statusCode(201).extract().path("id");
    }

    /** Subscribes a customer to the plan version in effect; returns the subscription's id. */
    public String subscribe(String customerId, String planKey) {
        return post(SUBSCRIPTIONS, Map.of("customer", Map.of("id", customerId), "plan", Map.of("key", planKey)))
                .statusCode(201)
                .extract()
                .path("id");
    }
}
