package io.usance.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The part of a catalog that knows whose an access token is. */
public final class ForeignCatalog {
    public static final String PATH = "/internal/access-tokens/exchange";

    /** How the catalog takes questions. */
    public enum Mood {
        ANSWERING,
        FAILING,
        HANGING
    }

    private final Map<String, JsonObject> identities = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile Mood mood = Mood.ANSWERING;
    private volatile String lastAuthorization;

    /** A new token of {@code namespace} with these roles that never expires. */
    public String issue(String namespace, String... roles) {
        return issue(namespace, null, roles);
    }

    public String issue(String namespace, Instant expiresAt, String... roles) {
        String token = "kpat_" + UUID.randomUUID().toString().replace("-", "");
        JsonObject identity = new JsonObject()
                .put("token_id", "01TKN" + token.substring(5, 26).toUpperCase(java.util.Locale.ROOT))
                .put("name", "a token of " + namespace)
                .put("namespace", namespace)
                .put("roles", new JsonArray(java.util.List.of(roles)));
        if (expiresAt != null) {
            identity.put("expires_at", expiresAt.toString());
        }
        identities.put(token, identity);
        return token;
    }

    public void revoke(String token) {
        identities.remove(token);
    }

    /** How often the gateway asked for this token. */
    public int asked(String token) {
        return asked.getOrDefault(token, new AtomicInteger()).get();
    }

    /** How the gateway introduced itself the last time. */
    public String lastAuthorization() {
        return lastAuthorization;
    }

    public void become(Mood next) {
        mood = next;
    }

    void answer(HttpServerRequest request) {
        lastAuthorization = request.getHeader("Authorization");
        request.body().onSuccess(body -> {
            String token = body.toJsonObject().getString("token");
            asked.computeIfAbsent(token, key -> new AtomicInteger()).incrementAndGet();
            JsonObject identity = identities.get(token);
            if (mood == Mood.FAILING) {
                request.response().setStatusCode(500).end();
            } else if (mood == Mood.ANSWERING && identity == null) {
                request.response().setStatusCode(404).end();
            } else if (mood == Mood.ANSWERING) {
                request.response().putHeader("Content-Type", "application/json").end(identity.encode());
            }
        });
    }
}
