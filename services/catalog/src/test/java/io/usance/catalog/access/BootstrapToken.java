package io.usance.catalog.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts the service under test the way an installation starts it: with a secret for the first admin token. */
public class BootstrapToken implements QuarkusTestResourceLifecycleManager {
    static final String SECRET = "kpat_of-the-first-administrator";

    @Override
    public Map<String, String> start() {
        return Map.of("catalog.access.bootstrap-token", SECRET);
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}
