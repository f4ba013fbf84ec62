package io.usance.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives a service under test the real platform: {@code @QuarkusTestResource(PlatformResource.class)}. */
public class PlatformResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Platform platform = Platform.get();
        Map<String, String> settings = new HashMap<>();
        settings.put("usance.postgres.address", platform.postgres().address());
        settings.put("usance.postgres.database", Provisioning.DATABASE);
        settings.put("usance.postgres.password", Platform.ROLE_PASSWORD);
        settings.put("usance.kafka.bootstrap", platform.kafka().bootstrap());
        settings.put(
                "usance.jwt.public-key-location",
                SigningKeys.publicKey(platform.keys()).toString());
        settings.put(
                "usance.jwt.private-key-location",
                SigningKeys.privateKey(platform.keys()).toString());
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        for (String talkative : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
            settings.put("quarkus.log.category.\"" + talkative + "\".level", "WARN");
        }
        return settings;
    }

    @Override
    public void stop() {
        // The platform outlives a single test class; it stops with the JVM.
    }
}
