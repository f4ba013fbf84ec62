package io.usance.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamConfigTest {
    @Test
    void what_one_gateway_takes_up_is_bounded_unless_told_otherwise() {
        UpstreamConfig config = upstreams(Map.of());

        assertThat(config.connectDeadline()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.queueDeadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.answerDeadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.silenceMax()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.keepAlive()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.connectionsMax()).isEqualTo(128);
        assertThat(config.queueSizeMax()).isEqualTo(1024);
        assertThat(upstreams(Map.of("gateway.upstream.connections-max", "7"))
                        .pool()
                        .getHttp1MaxSize())
                .isEqualTo(7);
    }

    @Test
    void an_address_is_a_scheme_a_host_and_a_port() {
        RequestOptions address = upstreams(Map.of("gateway.upstream.url.catalog", "https://catalog.svc:8443"))
                .address(Upstream.CATALOG);

        assertThat(address.isSsl()).isTrue();
        assertThat(address.getHost()).isEqualTo("catalog.svc");
        assertThat(address.getPort()).isEqualTo(8443);
    }

    @Test
    void an_address_that_is_none_is_named() {
        UpstreamConfig config = upstreams(Map.of("gateway.upstream.url.catalog", "catalog"));

        assertThatThrownBy(() -> config.address(Upstream.CATALOG)).hasMessageContaining("gateway.upstream.url.catalog");
        assertThatThrownBy(() -> config.address(Upstream.INVOICING))
                .hasMessageContaining("gateway.upstream.url.invoicing");
    }

    private static UpstreamConfig upstreams(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(UpstreamConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(UpstreamConfig.class);
    }
}
