package io.usance.subscription.subscription;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Operator;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.Problems;
import io.usance.subscription.subscription.model.SubscriptionStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SubscriptionRepository implements PanacheRepositoryBase<SubscriptionRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("active_from")
            .filterable("id", FieldKind.ID, "id")
            .filterable("customer_id", FieldKind.ID, "customerId")
            .filterable("status", FieldKind.EXACT)
            .filterable("plan_id", FieldKind.ID, "planId")
            .filterable("plan_key", FieldKind.EXACT, "planKey")
            .sortable("id", "id")
            .sortable("active_from", "activeFrom")
            .sortable("active_to", "activeTo");

    /** At most one subscription of a customer is without an end. */
    static final UniqueKey OPEN = new UniqueKey("subscription_open");

    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String OF_NAMESPACE = "namespace = :namespace";
    private static final String LATEST_OF_CUSTOMER = """
            namespace = :namespace and customerId = :customer order by activeTo desc nulls first, id desc
            """;
    private static final String LIVE_OF_CUSTOMER = """
            namespace = :namespace and customerId = :customer and (activeTo is null or activeTo > :now)
            order by activeFrom, id
            """;
    private static final String NEWEST_OF_CUSTOMER = """
            namespace = :namespace and customerId = :customer order by activeFrom desc, id desc
            """;

    /** Fails with 404. */
    Uni<SubscriptionRow> get(String namespace, String id) {
        return require(find(BY_ID, Map.of("namespace", namespace, "id", id)), id);
    }

    /** As {@link #get}; nobody else changes it until the transaction is over. */
    Uni<SubscriptionRow> lock(String namespace, String id) {
        return require(
                find(BY_ID, Map.of("namespace", namespace, "id", id)).withLock(LockModeType.PESSIMISTIC_WRITE), id);
    }

    /** The customer's subscription that ends last, locked. */
    Uni<Optional<SubscriptionRow>> lockLatest(String namespace, String customerId) {
        return find(LATEST_OF_CUSTOMER, Map.of("namespace", namespace, "customer", customerId))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .page(0, 1)
                .firstResult()
                .map(Optional::ofNullable);
    }

    Uni<List<SubscriptionRow>> live(String namespace, String customerId, Instant now) {
        return find(LIVE_OF_CUSTOMER, Map.of("namespace", namespace, "customer", customerId, "now", now))
                .list();
    }

    /** The customer's subscriptions that started last, newest first. */
    Uni<List<SubscriptionRow>> newest(String namespace, String customerId, int limit) {
        return find(NEWEST_OF_CUSTOMER, Map.of("namespace", namespace, "customer", customerId))
                .page(0, limit)
                .list();
    }

    Uni<Page<SubscriptionRow>> list(String namespace, ListRequest request, Instant now) {
        String base = request.take("status")
                .map(condition -> OF_NAMESPACE + " and (" + hasStatus(condition.operator(), condition.values()) + ")")
                .orElse(OF_NAMESPACE);
        return request.fetch(this, base, Map.of("namespace", namespace, "now", now));
    }

    /** The status is in no column: it follows from the times and the clock, as in {@code Term.statusAt}. */
    private static String hasStatus(Operator operator, List<?> wireNames) {
        List<String> ranges = Arrays.stream(SubscriptionStatus.values())
                .filter(status -> wireNames.contains(status.wireName()) != (operator == Operator.NEQ))
                .map(SubscriptionRepository::range)
                .toList();
        return ranges.isEmpty() ? "1 = 0" : ranges.stream().collect(Collectors.joining(" or "));
    }

    private static String range(SubscriptionStatus status) {
        return switch (status) {
            case SCHEDULED -> "activeFrom > :now";
            case ACTIVE -> "(activeFrom <= :now and activeTo is null)";
            case CANCELED -> "(activeFrom <= :now and activeTo > :now)";
            case INACTIVE -> "activeTo <= :now";
        };
    }

    private static Uni<SubscriptionRow> require(PanacheQuery<SubscriptionRow> query, String id) {
        return Ids.isUlid(id)
                ? query.firstResult().onItem().ifNull().failWith(() -> Problems.notFound("subscription", id))
                : Uni.createFrom().failure(() -> Problems.notFound("subscription", id));
    }
}
