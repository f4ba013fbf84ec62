package io.usance.catalog;

import static io.restassured.RestAssured.given;

import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.usance.testkit.Tokens;

/** The service's HTTP interface as one tenant's token sees it. */
public record Api(String token) {
    private static final String BASE = "/v3/openmeter";
    private static final RestAssuredConfig EXACT_NUMBERS = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL));

    /** With a token that may do everything in {@code namespace}. */
    public static Api of(String namespace) {
        return new Api(Tokens.admin(namespace));
    }

    /** With a token of {@code namespace} that has just these roles. */
    public static Api withRoles(String namespace, String... roles) {
        return new Api(Tokens.withRoles(namespace, roles));
    }

    /** {@code path} is relative to {@code /v3/openmeter}, or starts with {@code /internal}. */
    public Response get(String path, Object... queryNamesAndValues) {
        RequestSpecification request = request();
        for (int i = 0; i < queryNamesAndValues.length; i += 2) {
            request.queryParam(String.valueOf(queryNamesAndValues[i]), queryNamesAndValues[i + 1]);
        }
        return request.get(full(path));
    }

    public Response post(String path, String json) {
        return request().contentType("application/json").body(json).post(full(path));
    }

    public Response post(String path) {
        return request().post(full(path));
    }

    public Response put(String path, String json) {
        return request().contentType("application/json").body(json).put(full(path));
    }

    public Response patch(String path, String json) {
        return request().contentType("application/json").body(json).patch(full(path));
    }

    public Response delete(String path) {
        return request().delete(full(path));
    }

    /** Id of what {@code json} creates at {@code path}. */
    public String create(String path, String json) {
        return created(post(path, json)).extract().path("id");
    }

    private static ValidatableResponse created(Response response) {
        return response.then().statusCode(201);
    }

    private RequestSpecification request() {
        return given().config(EXACT_NUMBERS).urlEncodingEnabled(true).auth().oauth2(token);
    }

    private static String full(String path) {
        return path.startsWith("/internal") ? path : BASE + path;
    }
}
