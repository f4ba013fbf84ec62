package io.usance.catalog.llm;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/**
 * Takes an override back, with those that it replaced: the price book's prices hold again, for the past too. Doing it again
 * changes nothing.
 */
@ApplicationScoped
class DeleteLlmOverride {
    @Inject
    LlmOverrideRepository overrides;

    @Inject
    LlmPriceBook book;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        refuseSystemPrice(id);
        return overrides
                .lockAll(namespace)
                .chain(() -> overrides.byId(namespace, id))
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("override of a price", id))
                .chain(row ->
                        row.deletedAt == null ? delete(row) : Uni.createFrom().voidItem());
    }

    private void refuseSystemPrice(String id) {
        if (book.byId(id).isPresent()) {
            throw Problems.plain(
                    ProblemType.NOT_FOUND,
                    "price %s is the price book's, not an override: post an override to have another price"
                            .formatted(id));
        }
    }

    private Uni<Void> delete(LlmOverrideRow row) {
        Instant now = clock.instant();
        return overrides
                .of(row.namespace, new LlmPriceView.Subject(row.provider, row.modelId, row.currency))
                .invoke(all -> all.stream()
                        .filter(each -> !each.effectiveFrom.isAfter(row.effectiveFrom))
                        .forEach(each -> {
                            each.deletedAt = now;
                            each.updatedAt = now;
                        }))
                .invoke(() -> Log.infof(
                        "llm price override deleted override=%s provider=%s model=%s",
                        row.id, row.provider, row.modelId))
                .replaceWithVoid();
    }
}
