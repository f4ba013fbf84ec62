package io.usance.catalog.llm;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;

@ApplicationScoped
class LlmOverrideRepository implements PanacheRepositoryBase<LlmOverrideRow, String> {
    /** Most overrides of a namespace, replaced ones among them: they are all read when prices are listed. */
    static final int OVERRIDES_MAX = 2_000;

    private static final UniqueKey KEY = new UniqueKey("llm_price_override_key");
    private static final String LOCK =
            "select cast(pg_advisory_xact_lock(hashtextextended('llm-price-overrides:' || :namespace, 0)) as text)";
    private static final String LIVING = "namespace = :namespace and deletedAt is null";
    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String ORDER = " order by provider, modelId, effectiveFrom, id";
    private static final String OF_SUBJECT =
            LIVING + " and provider = :provider and modelId = :modelId and currency = :currency" + ORDER;
    private static final String EFFECTIVE =
            LIVING + " and effectiveFrom <= :now and (effectiveTo is null or effectiveTo > :now)" + ORDER;
    private static final String IN_PLACE = LIVING + " and (replacedAt is null or effectiveTo > :now)" + ORDER;

    /** Until this transaction ends nobody else changes overrides of the namespace: each depends on those before it. */
    Uni<Void> lockAll(String namespace) {
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK, String.class)
                        .setParameter("namespace", namespace)
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** Null when there is none, deleted ones too. */
    Uni<LlmOverrideRow> byId(String namespace, String id) {
        return find(BY_ID, Parameters.with("namespace", namespace).and("id", id))
                .firstResult();
    }

    /** Of one model, the earliest first. */
    Uni<List<LlmOverrideRow>> of(String namespace, LlmPriceView.Subject subject) {
        return list(
                OF_SUBJECT,
                Parameters.with("namespace", namespace)
                        .and("provider", subject.provider())
                        .and("modelId", subject.model())
                        .and("currency", subject.currency()));
    }

    Uni<List<LlmOverrideRow>> effectiveAt(String namespace, Instant now) {
        return list(EFFECTIVE, Parameters.with("namespace", namespace).and("now", now));
    }

    /** The last one of each model, and those that it will replace but has not yet. */
    Uni<List<LlmOverrideRow>> inPlaceAt(String namespace, Instant now) {
        return list(IN_PLACE, Parameters.with("namespace", namespace).and("now", now));
    }

    /**
     * All, replaced ones too.
     *
     * @param providers empty for any
     * @param models empty for any
     */
    Uni<List<LlmOverrideRow>> history(String namespace, Set<String> providers, Set<String> models) {
        StringBuilder condition = new StringBuilder(LIVING);
        Parameters parameters = Parameters.with("namespace", namespace);
        if (!providers.isEmpty()) {
            condition.append(" and provider in (:providers)");
            parameters.and("providers", providers);
        }
        if (!models.isEmpty()) {
            condition.append(" and modelId in (:models)");
            parameters.and("models", models);
        }
        return list(condition.append(ORDER).toString(), parameters);
    }

    Uni<Long> countLiving(String namespace) {
        return count(LIVING, Parameters.with("namespace", namespace));
    }

    /** Fails with 409 when the model has another one in place. */
    Uni<LlmOverrideRow> insert(LlmOverrideRow row) {
        return persistAndFlush(row)
                .onFailure(KEY)
                .transform(taken -> Problems.conflict(
                        "%s of %s was overridden at the same time: send it again", row.modelId, row.provider));
    }
}
