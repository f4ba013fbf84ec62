package io.usance.catalog.access;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.TokenExchange;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Tells the gateway whose a secret is, if it is anybody's. */
@ApplicationScoped
class ExchangeAccessToken {
    /** How old the noted use of a token may grow while it is used: one write a minute and not one a request. */
    static final Duration LAST_USE_GRAIN = Duration.ofMinutes(1);

    @Inject
    AccessTokenRepository tokens;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<TokenExchange.Identity> exchange(TokenExchange.Request request) {
        String token = request == null ? null : request.token();
        if (token == null || token.isEmpty() || token.length() > TokenExchange.Request.TOKEN_LENGTH_MAX) {
            return Uni.createFrom().failure(unknown());
        }
        Instant now = clock.instant();
        return tokens.byHash(new Secret(token).hash())
                .map(row -> {
                    if (row == null || !row.isLivingAt(now)) {
                        throw unknown();
                    }
                    return row;
                })
                .call(row -> noteUse(row, now))
                .map(row -> new TokenExchange.Identity(
                        row.id, row.name, row.namespace, Set.copyOf(row.roles), row.expiresAt));
    }

    private Uni<?> noteUse(AccessTokenRow row, Instant now) {
        Instant usedBefore = now.minus(LAST_USE_GRAIN);
        return row.lastUsedAt != null && row.lastUsedAt.isAfter(usedBefore)
                ? Uni.createFrom().voidItem()
                : tokens.touch(row, now, usedBefore);
    }

    /** The same whatever is wrong with the token, so that nothing is to be learned by trying. */
    private static RuntimeException unknown() {
        return Problems.plain(ProblemType.NOT_FOUND, "the token is unknown, revoked or expired");
    }
}
