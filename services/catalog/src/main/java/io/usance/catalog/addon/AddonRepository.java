package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.addon.model.AddonStatus;
import io.usance.catalog.plan.RateCardReferences;
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
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@ApplicationScoped
class AddonRepository implements PanacheRepositoryBase<AddonRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("id", FieldKind.ID, "id")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("name", FieldKind.TEXT, "name")
            .filterable("status", FieldKind.EXACT)
            .filterable("currency", FieldKind.EXACT, "currency")
            .sortable("id", "id")
            .sortable("key", "key")
            .sortable("name", "name")
            .sortable("created_at", "createdAt")
            .sortable("updated_at", "updatedAt");

    private static final String LIVING = "namespace = :namespace and deletedAt is null";
    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String BY_IDS = "namespace = :namespace and id in (:ids) order by id";
    private static final String BY_KEY = LIVING + " and key = :key";
    private static final String DRAFT = BY_KEY + " and effectiveFrom is null";
    private static final String OPEN = BY_KEY + " and effectiveFrom is not null and effectiveTo is null";
    private static final String LAST_VERSION =
            "select max(version) from AddonRow where namespace = :namespace and key = :key";
    private static final String ACTIVE_USING = """
            from AddonRow a
            where a.namespace = :namespace and a.deletedAt is null
            and a.effectiveFrom is not null and (a.effectiveTo is null or a.effectiveTo > :now)
            and exists (
                select 1 from %s u where u.namespace = a.namespace and u.%s = :usedId and u.addonId = a.id)
            order by a.key, a.version
            """;
    private static final String ACTIVE_USING_FEATURE = ACTIVE_USING.formatted("AddonFeatureRow", "featureId");
    private static final String ACTIVE_WITH_TAX_CODE = ACTIVE_USING.formatted("AddonTaxCodeRow", "taxCodeId");

    /** Enough of them to say no. */
    private static final int USERS_MAX = 100;

    private static final List<UniqueKey> NEXT_VERSION_KEYS =
            List.of(new UniqueKey("addon_draft"), new UniqueKey("addon_version"));

    Uni<Page<AddonRow>> list(String namespace, ListRequest request, Instant now) {
        Map<String, Object> parameters = new HashMap<>(Map.of("namespace", namespace));
        String base = LIVING
                + request.take("status").map(AddonRepository::statusCondition).orElse("");
        if (base.contains(":now")) {
            parameters.put("now", now);
        }
        return request.fetch(this, base, parameters);
    }

    /** Fails with 404 when there is none. */
    Uni<AddonRow> get(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("add-on", id));
    }

    /** As {@link #get}, and nobody else changes it before this transaction ends. */
    Uni<AddonRow> lock(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("add-on", id));
    }

    /**
     * Those with these ids that there are, deleted ones too.
     *
     * @param ids some hundreds at most
     */
    Uni<List<AddonRow>> byIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(BY_IDS, Parameters.with("namespace", namespace).and("ids", ids));
    }

    /** As {@link #byIds}, kept as they are until this transaction ends. Locks in the order of the ids. */
    Uni<List<AddonRow>> holdByIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : find(BY_IDS, Parameters.with("namespace", namespace).and("ids", ids))
                        .withLock(LockModeType.PESSIMISTIC_READ)
                        .list();
    }

    /** Null when there is none. */
    Uni<AddonRow> draft(String namespace, String key) {
        return find(DRAFT, byKey(namespace, key)).firstResult();
    }

    /** The version that is published and has no end, locked; null when there is none. */
    Uni<AddonRow> lockOpen(String namespace, String key) {
        return find(OPEN, byKey(namespace, key))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
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

    Uni<List<AddonRow>> activeUsing(String namespace, String featureId, Instant now) {
        return activeUsing(ACTIVE_USING_FEATURE, namespace, featureId, now);
    }

    Uni<List<AddonRow>> activeWithTaxCode(String namespace, String taxCodeId, Instant now) {
        return activeUsing(ACTIVE_WITH_TAX_CODE, namespace, taxCodeId, now);
    }

    private Uni<List<AddonRow>> activeUsing(String query, String namespace, String usedId, Instant now) {
        return find(
                        query,
                        Parameters.with("namespace", namespace)
                                .and("usedId", usedId)
                                .and("now", now))
                .page(0, USERS_MAX)
                .list();
    }

    /** Fails with 409 when there is a draft already. */
    Uni<AddonRow> insert(AddonRow row) {
        return persistAndFlush(row)
                .onFailure(failure -> NEXT_VERSION_KEYS.stream().anyMatch(key -> key.test(failure)))
                .transform(taken -> draftExists(row.key));
    }

    /** Of each living add-on the version in force and the draft, by key, what is in force first. */
    Uni<List<AddonRow>> openAndDrafts(String namespace, Instant now) {
        return list(
                LIVING + " and (effectiveTo is null or effectiveTo > :now)"
                        + " order by key, case when effectiveFrom is null then 1 else 0 end, version",
                Parameters.with("namespace", namespace).and("now", now));
    }

    /** Of each living add-on, by key, what its key means: the version in force, or the draft when there is none. */
    Uni<Map<String, AddonRow>> current(String namespace, Instant now) {
        return openAndDrafts(namespace, now)
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> row.key, row -> row, (inForce, draft) -> inForce)));
    }

    /** Notes which features and tax codes a version uses that is being published. */
    Uni<Void> noteUses(AddonRow row) {
        RateCardReferences.Named named = row.named();
        Object[] uses = Stream.concat(
                        named.featureIds().stream().map(featureId -> AddonFeatureRow.of(row, featureId)),
                        named.taxCodeIds().stream().map(taxCodeId -> AddonTaxCodeRow.of(row, taxCodeId)))
                .toArray();
        return getSession().chain(session -> session.persistAll(uses));
    }

    static ProblemException draftExists(String key) {
        return Problems.conflict("add-on %s has a draft already: change, publish or delete it first", key);
    }

    private static String statusCondition(Condition condition) {
        Set<AddonStatus> named = condition.values().stream()
                .map(value -> AddonStatus.parse((String) value).orElseThrow(AddonRepository::noSuchStatus))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AddonStatus.class)));
        Set<AddonStatus> wanted =
                condition.operator() == Operator.NEQ ? EnumSet.complementOf(EnumSet.copyOf(named)) : named;
        return wanted.stream().map(AddonRepository::condition).collect(Collectors.joining(" or ", " and (", ")"));
    }

    private static ProblemException noSuchStatus() {
        List<String> choices =
                Stream.of(AddonStatus.values()).map(AddonStatus::wireName).toList();
        return Problems.invalid(InvalidParameter.query("filter[status]", "enum", "takes " + choices)
                .withChoices(choices));
    }

    /** {@link AddonStatus#at} in the database's words. */
    private static String condition(AddonStatus status) {
        return switch (status) {
            case DRAFT -> "effectiveFrom is null";
            case ACTIVE -> "effectiveFrom is not null and (effectiveTo is null or effectiveTo > :now)";
            case ARCHIVED -> "effectiveTo <= :now";
        };
    }

    private static Parameters byId(String namespace, String id) {
        return Parameters.with("namespace", namespace).and("id", id);
    }

    private static Parameters byKey(String namespace, String key) {
        return Parameters.with("namespace", namespace).and("key", key);
    }
}
