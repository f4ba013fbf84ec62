package io.usance.subscription.customer;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Operator;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Map;

@ApplicationScoped
class CustomerRepository implements PanacheRepositoryBase<CustomerRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("name")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("name", FieldKind.TEXT, "name")
            .filterable("primary_email", FieldKind.TEXT, "primaryEmail")
            .filterableByAny("usage_attribution_subject_key", FieldKind.TEXT, "s.subject", """
                    exists (select 1 from SubjectRow s
                    where s.namespace = :namespace and s.customerId = this.id and s.isSubjectKey and %s)""")
            .filterableByAny("plan_key", FieldKind.TEXT, "s.planKey", """
                    exists (select 1 from SubscriptionRow s where s.namespace = :namespace and s.customerId = this.id
                    and (s.activeTo is null or s.activeTo > :now) and %s)""")
            .filterable("billing_profile_id", FieldKind.ID)
            .sortable("id", "id")
            .sortable("name", "name")
            .sortable("created_at", "createdAt");

    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String LIVING_BY_KEY = "namespace = :namespace and key = :key and deletedAt is null";
    private static final String LIVING = "namespace = :namespace and deletedAt is null";
    private static final String NONE = LIVING + " and 1 = 0";

    /** The customer, also a deleted one; fails with 404. */
    Uni<CustomerRow> get(String namespace, String id) {
        return Ids.isUlid(id) ? require(byId(namespace, id), id) : unknown(id);
    }

    /** As {@link #get}; nobody else changes the customer, or its subscriptions, until the transaction is over. */
    Uni<CustomerRow> lock(String namespace, String id) {
        return Ids.isUlid(id) ? require(byId(namespace, id).withLock(LockModeType.PESSIMISTIC_WRITE), id) : unknown(id);
    }

    /** As {@link #lock}, by key and living. */
    Uni<CustomerRow> lockByKey(String namespace, String key) {
        return require(
                find(LIVING_BY_KEY, Map.of("namespace", namespace, "key", key))
                        .withLock(LockModeType.PESSIMISTIC_WRITE),
                key);
    }

    /** The living customers that were asked for. */
    Uni<Page<CustomerRow>> list(String namespace, ListRequest request, Instant now) {
        // There are no billing profiles to pin a customer to yet.
        String base = request.take("billing_profile_id")
                .filter(condition -> condition.operator() != Operator.NEQ)
                .map(condition -> NONE)
                .orElse(LIVING);
        return request.fetch(this, base, Map.of("namespace", namespace, "now", now));
    }

    private PanacheQuery<CustomerRow> byId(String namespace, String id) {
        return find(BY_ID, Map.of("namespace", namespace, "id", id));
    }

    private static Uni<CustomerRow> require(PanacheQuery<CustomerRow> query, String name) {
        return query.firstResult().onItem().ifNull().failWith(() -> Problems.notFound("customer", name));
    }

    private static Uni<CustomerRow> unknown(String id) {
        return Uni.createFrom().failure(() -> Problems.notFound("customer", id));
    }
}
