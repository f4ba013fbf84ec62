package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.list.Condition;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Operator;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@ApplicationScoped
class PlanRepository implements PanacheRepositoryBase<PlanRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("name", FieldKind.TEXT, "name")
            .filterable("status", FieldKind.EXACT)
            .filterable("currency", FieldKind.EXACT, "currency")
            .sortable("id", "id")
            .sortable("key", "key")
            .sortable("version", "version")
            .sortable("created_at", "createdAt")
            .sortable("updated_at", "updatedAt");

    private static final String LIVING = "namespace = :namespace and deletedAt is null";
    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String BY_KEY = LIVING + " and key = :key";
    private static final String DRAFT = BY_KEY + " and effectiveFrom is null";
    private static final String OPEN = BY_KEY + " and effectiveFrom is not null and effectiveTo is null";
    private static final String LAST_VERSION =
            "select max(version) from PlanRow where namespace = :namespace and key = :key";
    private static final String ACTIVE_USING = """
            from PlanRow p
            where p.namespace = :namespace and p.deletedAt is null
            and p.effectiveFrom is not null and (p.effectiveTo is null or p.effectiveTo > :now)
            and exists (
                select 1 from %s u where u.namespace = p.namespace and u.%s = :usedId and u.planId = p.id)
            order by p.key, p.version
            """;
    private static final String ACTIVE_USING_FEATURE = ACTIVE_USING.formatted("PlanFeatureRow", "featureId");
    private static final String ACTIVE_WITH_TAX_CODE = ACTIVE_USING.formatted("PlanTaxCodeRow", "taxCodeId");

    /** Enough of them to say no. */
    private static final int USERS_MAX = 100;

    private static final List<UniqueKey> NEXT_VERSION_KEYS =
            List.of(new UniqueKey("plan_draft"), new UniqueKey("plan_version"));

    Uni<Page<PlanRow>> list(String namespace, ListRequest request, Instant now) {
        Map<String, Object> parameters = new HashMap<>(Map.of("namespace", namespace));
        String base = LIVING
                + request.take("status").map(PlanRepository::statusCondition).orElse("");
        if (base.contains(":now")) {
            parameters.put("now", now);
        }
        return request.fetch(this, base, parameters);
    }

    /** Fails with 404 when there is none. */
    Uni<PlanRow> get(String namespace, String id) {
        return find(BY_ID, Parameters.with("namespace", namespace).and("id", id))
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("plan", id));
    }

    /** As {@link #get}, and nobody else changes it before this transaction ends. */
    Uni<PlanRow> lock(String namespace, String id) {
        return find(BY_ID, Parameters.with("namespace", namespace).and("id", id))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("plan", id));
    }

    /** Null when there is none. */
    Uni<PlanRow> draft(String namespace, String key) {
        return find(DRAFT, byKey(namespace, key)).firstResult();
    }

    /** The version that is published and has no end, locked; null when there is none. */
    Uni<PlanRow> lockOpen(String namespace, String key) {
        return find(OPEN, byKey(namespace, key))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Of each living plan the version in force and the draft, by key, what is in force first. */
    Uni<List<PlanRow>> openAndDrafts(String namespace, Instant now) {
        return list(
                LIVING + " and (effectiveTo is null or effectiveTo > :now)"
                        + " order by key, case when effectiveFrom is null then 1 else 0 end, version",
                Parameters.with("namespace", namespace).and("now", now));
    }

    /** Every living version of a plan, the highest first. */
    Uni<List<PlanRow>> versions(String namespace, String key) {
        return list(BY_KEY + " order by version desc", byKey(namespace, key));
    }

    /** The highest version that there ever was, 0 when there was none. */
    Uni<Integer> lastVersion(String namespace, String key) {
        return getSession()
                .chain(session -> session.createQuery(LAST_VERSION, Integer.class)
                        .setParameter("namespace", namespace)
                        .setParameter("key", key)
                        .getSingleResult())
                .map(version -> version == null ? 0 : version);
    }

    Uni<List<PlanRow>> activeUsing(String namespace, String featureId, Instant now) {
        return activeUsing(ACTIVE_USING_FEATURE, namespace, featureId, now);
    }

    Uni<List<PlanRow>> activeWithTaxCode(String namespace, String taxCodeId, Instant now) {
        return activeUsing(ACTIVE_WITH_TAX_CODE, namespace, taxCodeId, now);
    }

    private Uni<List<PlanRow>> activeUsing(String query, String namespace, String usedId, Instant now) {
        return find(
                        query,
                        Parameters.with("namespace", namespace)
                                .and("usedId", usedId)
                                .and("now", now))
                .page(0, USERS_MAX)
                .list();
    }

    /** Fails with 409 when there is a draft already. */
    Uni<PlanRow> insert(PlanRow row) {
        return persistAndFlush(row)
                .onFailure(failure -> NEXT_VERSION_KEYS.stream().anyMatch(key -> key.test(failure)))
                .transform(taken -> draftExists(row.key));
    }

    /** Notes which features and tax codes a version uses that is being published. */
    Uni<Void> noteUses(PlanRow row) {
        RateCardReferences.Named named = row.named();
        Object[] uses = Stream.concat(
                        named.featureIds().stream().map(featureId -> PlanFeatureRow.of(row, featureId)),
                        named.taxCodeIds().stream().map(taxCodeId -> PlanTaxCodeRow.of(row, taxCodeId)))
                .toArray();
        return getSession().chain(session -> session.persistAll(uses));
    }

    static ProblemException draftExists(String key) {
        return Problems.conflict("plan %s has a draft already: change, publish or delete it first", key);
    }

    private static String statusCondition(Condition condition) {
        Set<PlanStatus> named = condition.values().stream()
                .map(value -> PlanStatus.parse((String) value).orElseThrow(PlanRepository::noSuchStatus))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PlanStatus.class)));
        Set<PlanStatus> wanted =
                condition.operator() == Operator.NEQ ? EnumSet.complementOf(EnumSet.copyOf(named)) : named;
        return wanted.stream().map(PlanRepository::condition).collect(Collectors.joining(" or ", " and (", ")"));
    }

    private static ProblemException noSuchStatus() {
        List<String> choices =
                Stream.of(PlanStatus.values()).map(PlanStatus::wireName).toList();
        return Problems.invalid(InvalidParameter.query("filter[status]", "enum", "takes " + choices)
                .withChoices(choices));
    }

    /** {@link PlanStatus#at} in the database's words. */
    private static String condition(PlanStatus status) {
        return switch (status) {
            case DRAFT -> "effectiveFrom is null";
            case SCHEDULED -> "effectiveFrom > :now and (effectiveTo is null or effectiveTo > :now)";
            case ACTIVE -> "effectiveFrom <= :now and (effectiveTo is null or effectiveTo > :now)";
            case ARCHIVED -> "effectiveTo <= :now";
        };
    }

    private static Parameters byKey(String namespace, String key) {
        return Parameters.with("namespace", namespace).and("key", key);
    }
}
