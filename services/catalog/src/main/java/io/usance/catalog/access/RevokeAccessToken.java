package io.usance.catalog.access;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Ends an access token, the caller's own as well. Revoking it again changes nothing. */
@ApplicationScoped
class RevokeAccessToken {
    @Inject
    AccessTokenRepository tokens;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> revoke(String namespace, String id) {
        return tokens.revoke(namespace, id, clock.instant())
                .invoke(known -> {
                    if (!known) {
                        throw Problems.notFound("access token", id);
                    }
                    Log.infof("access token revoked token=%s", id);
                })
                .replaceWithVoid();
    }
}
