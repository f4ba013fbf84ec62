package io.usance.catalog.access;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.contracts.access.TokenExchange;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Makes the first tenant and its admin token at start. Any number of replicas may do so at once, as often as they like. */
@ApplicationScoped
class BootstrapAccess {
    static final String NAMESPACE = "default";
    static final String TOKEN_NAME = "bootstrap";

    /** Shorter secrets could be guessed. */
    static final int SECRET_LENGTH_MIN = 20;

    @Inject
    AccessConfig config;

    @Inject
    AccessTokenRepository tokens;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    void start(@Observes StartupEvent event) throws Throwable {
        if (config.bootstrapToken().isEmpty()) {
            return;
        }
        Secret secret = new Secret(config.bootstrapToken().get());
        // Starting is a blocking matter: who asks for the service must find the token there.
        boolean made = VertxContextSupport.subscribeAndAwait(() -> provision(secret));
        if (made) {
            Log.infof("bootstrap token created namespace=%s hint=%s", NAMESPACE, secret.hint());
        }
    }

    /** Whether the token was not there yet. */
    Uni<Boolean> provision(Secret secret) {
        int length = secret.text().length();
        if (length < SECRET_LENGTH_MIN || length > TokenExchange.Request.TOKEN_LENGTH_MAX) {
            throw new IllegalArgumentException("catalog.access.bootstrap-token must have %d to %d characters, not %d"
                    .formatted(SECRET_LENGTH_MIN, TokenExchange.Request.TOKEN_LENGTH_MAX, length));
        }
        AccessTokenRow row = new AccessTokenRow();
        row.namespace = NAMESPACE;
        row.id = ids.next();
        row.name = TOKEN_NAME;
        row.kind = TokenKind.of(secret.text());
        row.roles = List.of(Roles.ADMIN);
        row.hash = secret.hash();
        row.hint = secret.hint();
        row.createdAt = clock.instant();
        return Panache.withTransaction(
                () -> tokens.provision(row, new RolesColumn().convertToDatabaseColumn(row.roles)));
    }
}
