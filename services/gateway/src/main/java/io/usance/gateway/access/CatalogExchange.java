package io.usance.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.usance.contracts.access.TokenExchange;
import io.usance.contracts.access.TokenExchange.Identity;
import io.usance.gateway.route.Upstream;
import io.usance.gateway.route.UpstreamConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;

/** Asks catalog whose access token it is. */
@ApplicationScoped
class CatalogExchange {
    private static final String PATH = "/internal/access-tokens/exchange";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new JavaTimeModule())
            .build();

    private final SignedTokens tokens;
    private final RequestOptions question;
    private final HttpClient client;

    @Inject
    CatalogExchange(Vertx vertx, SignedTokens tokens, AccessConfig access, UpstreamConfig upstreams) {
        this.tokens = tokens;
        question = upstreams
                .address(Upstream.CATALOG)
                .setMethod(HttpMethod.POST)
                .setURI(PATH)
                .setTimeout(access.exchangeDeadline().toMillis());
        client = vertx.createHttpClient(
                upstreams.client(), new PoolOptions().setHttp1MaxSize(access.exchangeConnectionsMax()));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * The identity behind {@code token}; empty when it is unknown, revoked or expired. Fails when catalog does not
     * answer in time, or not as agreed.
     */
    Future<Optional<Identity>> ask(BearerToken token) {
        return client.request(question)
                .compose(request -> request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.forGateway())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(write(new TokenExchange.Request(token.secret()))))
                .compose(CatalogExchange::answer);
    }

    private static Future<Optional<Identity>> answer(HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 200 -> response.body().map(body -> Optional.of(read(body)));
            case 404 -> response.end().map(Optional.empty());
            default ->
                Future.failedFuture(new IllegalStateException("catalog answered status=" + response.statusCode()));
        };
    }

    private static Buffer write(TokenExchange.Request request) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(request));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a request is one string", impossible);
        }
    }

    private static Identity read(Buffer body) {
        try {
            return JSON.readValue(body.getBytes(), Identity.class);
        } catch (IOException failure) {
            throw new IllegalStateException("catalog answered something else than an identity", failure);
        }
    }
}
