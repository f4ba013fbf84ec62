package io.usance.catalog.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessConfigTest {
    @Test
    void no_token_is_made_unless_one_is_given() {
        assertThat(config(Map.of()).bootstrapToken()).isEmpty();
        assertThat(config(Map.of("catalog.access.bootstrap-token", "kpat_x")).bootstrapToken())
                .contains("kpat_x");
    }

    private static AccessConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(AccessConfig.class);
    }
}
