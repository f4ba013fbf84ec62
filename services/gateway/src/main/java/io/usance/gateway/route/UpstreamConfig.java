package io.usance.gateway.route;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where the services are, and how much of them one gateway may take up. */
@ConfigMapping(prefix = "gateway.upstream")
public interface UpstreamConfig {
    /** Address of each service: scheme, host and port. */
    Map<Upstream, URI> url();

    /** How long the attempt to open a connection may take. */
    @WithDefault("1s")
    Duration connectDeadline();

    /** How long a request may wait for a free connection. */
    @WithDefault("5s")
    Duration queueDeadline();

    /** How long a service may take to begin its answer, from the last byte of the request on. */
    @WithDefault("30s")
    Duration answerDeadline();

    /** How long a connection that is in use may be silent, in both directions, before it is given up. */
    @WithDefault("60s")
    Duration silenceMax();

    /** How long a connection that is not in use is kept open. */
    @WithDefault("60s")
    Duration keepAlive();

    /** Upper bound on connections to one service. */
    @WithDefault("128")
    int connectionsMax();

    /** Upper bound on requests that wait for a connection to one service; further ones are refused at once. */
    @WithDefault("1024")
    int queueSizeMax();

    /** A request to {@code upstream} that has yet no method and no path. */
    default RequestOptions address(Upstream upstream) {
        URI url = url().get(upstream);
        if (url == null || url.getHost() == null || url.getPort() < 0) {
            throw new IllegalStateException(
                    "gateway.upstream.url." + upstream.id() + " must be like http://host:port: " + url);
        }
        return new RequestOptions()
                .setSsl("https".equals(url.getScheme()))
                .setHost(url.getHost())
                .setPort(url.getPort());
    }

    default HttpClientOptions client() {
        return new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(connectDeadline().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(silenceMax().toMillis()))
                .setKeepAliveTimeout(Math.toIntExact(keepAlive().toSeconds()));
    }

    default PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(connectionsMax()).setMaxWaitQueueSize(queueSizeMax());
    }
}
