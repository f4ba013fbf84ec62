package io.usance.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.usance.contracts.access.TokenExchange.Identity;
import io.usance.gateway.problem.Problem;
import io.usance.gateway.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whose access token it is, remembered for a few seconds; many who ask at once cause one question to catalog. */
@ApplicationScoped
public class Identities {
    private final Vertx vertx;
    private final CatalogExchange catalog;
    private final MeterRegistry metrics;
    private final AtomicBoolean catalogLost = new AtomicBoolean();
    private final AsyncCache<String, Answer> answers;

    @Inject
    Identities(Vertx vertx, CatalogExchange catalog, MeterRegistry metrics, Clock clock, AccessConfig config) {
        this.vertx = vertx;
        this.catalog = catalog;
        this.metrics = metrics;
        answers = Caffeine.newBuilder()
                .maximumSize(config.cacheSizeMax())
                .expireAfter(Expiry.creating((String hash, Answer answer) -> answer.lifetime(clock, config.cacheTtl())))
                .executor(Runnable::run)
                .buildAsync();
    }

    /**
     * The identity behind {@code token}. Fails with a {@link Refusal}: 401 when it is unknown, revoked or expired; 503
     * when catalog is away and the answer is not remembered.
     */
    public Future<Identity> of(BearerToken token) {
        return Future.fromCompletionStage(remembered(token), vertx.getOrCreateContext())
                .compose(answer -> switch (answer) {
                    case Answer.Known(Identity identity) -> Future.succeededFuture(identity);
                    case Answer.Unknown() -> refused(Problem.tokenRefused());
                    case Answer.None() ->
                        refused(Problem.unavailable("access tokens cannot be checked right now; try again"));
                });
    }

    private CompletableFuture<Answer> remembered(BearerToken token) {
        AtomicBoolean asked = new AtomicBoolean();
        CompletableFuture<Answer> answer = answers.get(token.hash(), (hash, executor) -> {
            asked.set(true);
            return ask(token).toCompletionStage().toCompletableFuture();
        });
        if (!asked.get()) {
            count("remembered");
        }
        return answer;
    }

    private Future<Answer> ask(BearerToken token) {
        return catalog.ask(token)
                .map(identity -> {
                    count(identity.isPresent() ? "known" : "unknown");
                    if (catalogLost.compareAndSet(true, false)) {
                        Log.info("token exchange back upstream=catalog");
                    }
                    return identity.<Answer>map(Answer.Known::new).orElseGet(Answer.Unknown::new);
                })
                .otherwise(failure -> {
                    count("unavailable");
                    if (catalogLost.compareAndSet(false, true)) {
                        Log.warnf("token exchange lost upstream=catalog cause=%s", failure.getMessage());
                    }
                    return new Answer.None();
                });
    }

    private void count(String result) {
        metrics.counter("gateway.tokens.exchanged", "result", result).increment();
    }

    private static Future<Identity> refused(Problem problem) {
        return Future.failedFuture(new Refusal(problem));
    }

    /** What catalog said about a token. */
    private sealed interface Answer {
        /** How long it counts. */
        Duration lifetime(Clock clock, Duration ttl);

        /** It belongs to somebody. */
        record Known(Identity identity) implements Answer {
            /** Never longer than the token itself; one that is past its end by our clock is asked for each time. */
            @Override
            public Duration lifetime(Clock clock, Duration ttl) {
                if (identity.expiresAt() == null) {
                    return ttl;
                }
                Duration left = Duration.between(clock.instant(), identity.expiresAt());
                return left.isNegative() ? Duration.ZERO : left.compareTo(ttl) < 0 ? left : ttl;
            }
        }

        /** It is unknown, revoked or expired. */
        record Unknown() implements Answer {
            @Override
            public Duration lifetime(Clock clock, Duration ttl) {
                return ttl;
            }
        }

        /** Nothing, or nothing to be understood: whoever waited shares it, whoever comes next asks again. */
        record None() implements Answer {
            @Override
            public Duration lifetime(Clock clock, Duration ttl) {
                return Duration.ZERO;
            }
        }
    }
}
