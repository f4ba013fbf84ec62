package io.usance.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.usance.gateway.route.Upstream;
import io.usance.testkit.SigningKeys;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Everything behind the gateway: four services and a catalog that knows access tokens. */
public final class ForeignServices implements QuarkusTestResourceLifecycleManager {
    private static final Map<Upstream, ForeignService> SERVICES = new EnumMap<>(Upstream.class);

    private static ForeignCatalog catalog;
    private static Path keys;

    private Vertx vertx;

    public static ForeignService service(Upstream upstream) {
        return SERVICES.get(upstream);
    }

    /** Where access tokens are known. */
    public static ForeignCatalog catalog() {
        return catalog;
    }

    /** Public half of the key with which the gateway signs. */
    public static Path publicKey() {
        return SigningKeys.publicKey(keys);
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        Map<String, String> settings = new HashMap<>();
        try {
            keys = Files.createTempDirectory("usance-gateway-test");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        SigningKeys.ensure(keys);
        settings.put(
                "usance.jwt.private-key-location", SigningKeys.privateKey(keys).toString());
        for (Upstream upstream : Upstream.values()) {
            ForeignService service = new ForeignService(vertx, upstream.id());
            service.start();
            SERVICES.put(upstream, service);
            settings.put("usance." + upstream.id() + ".url", service.url());
        }
        catalog = new ForeignCatalog();
        SERVICES.get(Upstream.CATALOG).answer(ForeignCatalog.PATH, catalog::answer);
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        settings.put("gateway.access.cache-ttl", "2s");
        settings.put("gateway.upstream.answer-deadline", "4s");
        settings.put("gateway.limits.body-duration-max", "4s");
        return settings;
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
