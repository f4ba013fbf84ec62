package io.usance.catalog.access;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Makes an access token and shows its secret, once. */
@ApplicationScoped
class CreateAccessToken {
    /** Most living tokens of a tenant; two requests at once may pass it by one, which harms nobody. */
    static final int LIVING_TOKENS_MAX = 1_000;

    /** How long a person's token may live. */
    static final Period PERSONAL_LIFETIME_MAX = Period.ofYears(1);

    @Inject
    AccessTokenRepository tokens;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<AccessTokenView> create(String namespace, CreateAccessTokenRequest request) {
        Instant now = clock.instant();
        Secret secret = Secret.generate(request.kind());
        return tokens.countLiving(namespace, now)
                .invoke(CreateAccessToken::refuseBeyondLimit)
                .map(count -> row(namespace, request, secret, now))
                .chain(tokens::persistAndFlush)
                .invoke(row -> Log.infof("access token created token=%s kind=%s roles=%s", row.id, row.kind, row.roles))
                .map(row -> AccessTokenView.created(row, secret));
    }

    private AccessTokenRow row(String namespace, CreateAccessTokenRequest request, Secret secret, Instant now) {
        AccessTokenRow row = new AccessTokenRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.name = request.name();
        row.kind = request.kind();
        row.roles = request.roles();
        row.hash = secret.hash();
        row.hint = secret.hint();
        row.createdAt = now;
        row.expiresAt = expiry(request, now);
        return row;
    }

    private static Instant expiry(CreateAccessTokenRequest request, Instant now) {
        Instant latest = request.kind() == TokenKind.PERSONAL
                ? now.atZone(ZoneOffset.UTC).plus(PERSONAL_LIFETIME_MAX).toInstant()
                : Instant.MAX;
        if (request.expiresAt() == null) {
            return latest.equals(Instant.MAX) ? null : latest;
        }
        if (!request.expiresAt().isAfter(now)) {
            throw Problems.invalid(InvalidParameter.body("expires_at", "min", "must be in the future"));
        }
        if (request.expiresAt().isAfter(latest)) {
            throw Problems.invalid(InvalidParameter.body(
                    "expires_at",
                    "max",
                    "must be within a year for a personal token; a system account's token may live longer"));
        }
        return request.expiresAt().truncatedTo(ChronoUnit.MICROS);
    }

    private static void refuseBeyondLimit(long living) {
        if (living >= LIVING_TOKENS_MAX) {
            throw Problems.conflict(
                    "there are %d living access tokens, which is the limit: revoke some first", LIVING_TOKENS_MAX);
        }
    }
}
