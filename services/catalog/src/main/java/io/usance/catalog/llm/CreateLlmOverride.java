package io.usance.catalog.llm;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.llm.model.LlmPriceRules;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Says what a model costs the tenant, whatever the price book says. From its start on it is the only override of the model:
 * one before it ends there, and one that would begin later goes. Whoever needs prices asks for them, so nobody is told.
 */
@ApplicationScoped
class CreateLlmOverride {
    @Inject
    LlmOverrideRepository overrides;

    @Inject
    LlmPriceBook book;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<LlmPriceView> create(String namespace, CreateLlmOverrideRequest request) {
        LlmOverrideRow row = row(namespace, request);
        Refusal.unless(LlmPriceRules.violations(row.pricing, row.currency, row.effectiveFrom, row.effectiveTo));
        return overrides
                .lockAll(namespace)
                .chain(() -> replaceEarlier(row))
                .chain(() -> overrides.countLiving(namespace).invoke(CreateLlmOverride::refuseTooMany))
                .chain(() -> overrides.insert(row))
                .invoke(created -> Log.infof(
                        "llm price overridden override=%s provider=%s model=%s", row.id, row.provider, row.modelId))
                .map(created -> LlmPriceView.of(created, book.providerName(created.provider)));
    }

    private Uni<Void> replaceEarlier(LlmOverrideRow row) {
        return overrides
                .of(row.namespace, new LlmPriceView.Subject(row.provider, row.modelId, row.currency))
                .invoke(all -> all.forEach(earlier -> earlier.giveWay(row.effectiveFrom, row.createdAt)))
                // Else the insert would come before these, and the model would have two in place.
                .chain(overrides::flush);
    }

    private static void refuseTooMany(long living) {
        if (living >= LlmOverrideRepository.OVERRIDES_MAX) {
            throw Problems.conflict(
                    "there are %d overrides, replaced ones among them, and there can be no more:"
                            + " delete those that are not needed first",
                    living);
        }
    }

    private LlmOverrideRow row(String namespace, CreateLlmOverrideRequest request) {
        Instant now = clock.instant();
        LlmOverrideRow row = new LlmOverrideRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.provider = request.provider().toLowerCase(Locale.ROOT);
        row.modelId = request.modelId().toLowerCase(Locale.ROOT);
        row.modelName = request.modelName() == null ? book.modelName(row.provider, row.modelId) : request.modelName();
        row.pricing = request.pricing();
        row.currency = request.currency();
        row.effectiveFrom = request.effectiveFrom().truncatedTo(ChronoUnit.MICROS);
        row.effectiveTo =
                request.effectiveTo() == null ? null : request.effectiveTo().truncatedTo(ChronoUnit.MICROS);
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }
}
