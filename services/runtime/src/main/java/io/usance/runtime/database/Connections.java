package io.usance.runtime.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How a service comes by connections to its database: from the pool, or one of its own. Either wait is bounded. */
@Singleton
public class Connections implements PgPoolCreator {
    /** How long anybody waits for a connection before it is said that there is none. */
    private static final int WAIT_SECONDS_MAX = 5;

    @Inject
    Instance<Pool> pool;

    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<PgConnectOptions> servers = List.of();

    @Override
    public Pool create(Input input) {
        servers = input.pgConnectOptionsList();
        servers.forEach(server -> server.setTcpKeepAlive(true));
        return PgBuilder.pool()
                .with(input.poolOptions()
                        .setConnectionTimeout(WAIT_SECONDS_MAX)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(input.vertx())
                .build();
    }

    /**
     * A connection that is not the pool's, for what lasts as long as its session does: locks and notices. Closing it ends
     * the session. Its future completes on the caller's context, and fails after {@value #WAIT_SECONDS_MAX} s.
     *
     * @param purpose shown by the database beside the session, e.g. {@code catalog-outbox-relay}
     */
    public Future<PgConnection> dedicated(Vertx vertx, String purpose) {
        if (servers.isEmpty()) {
            // The pool is made when it is first asked for something, and with it the list of servers.
            pool.get().size();
        }
        PgConnectOptions server = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
        PgConnectOptions own = new PgConnectOptions(server);
        own.setReconnectAttempts(0);
        own.setMetricsName(purpose);
        own.addProperty("application_name", purpose);
        // The database lets go of the session, and its locks, when it has heard nothing from us for about 20 s.
        own.addProperty("tcp_keepalives_idle", "10");
        own.addProperty("tcp_keepalives_interval", "5");
        own.addProperty("tcp_keepalives_count", "2");
        Future<PgConnection> connection = PgConnection.connect(vertx, own);
        return connection
                .timeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .onFailure(late -> connection.onSuccess(PgConnection::close));
    }
}
