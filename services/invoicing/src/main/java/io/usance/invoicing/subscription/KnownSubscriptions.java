package io.usance.invoicing.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Subscription;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Subscriptions as the topic told of them. */
@ApplicationScoped
class KnownSubscriptions {
    private static final int SUBSCRIPTIONS_MAX = 100;
    private static final String PUT = """
            insert into known_subscription (namespace, id, customer_id, sequence, subscription)
            values (:namespace, :id, :customer_id, :sequence, :subscription)
            on conflict (namespace, id) do update
            set sequence = excluded.sequence, subscription = excluded.subscription
            where known_subscription.sequence < excluded.sequence
            """;
    private static final String OF_CUSTOMER = """
            select subscription from known_subscription
            where namespace = :namespace and customer_id = :customer_id
            order by id desc
            """;

    @Inject
    ObjectMapper json;

    /** Takes the subscription that {@code event} tells of, unless a newer event was taken before. */
    Uni<Void> put(Envelope event, JsonNode subscription) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PUT)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter(
                                "customer_id", subscription.get("customer_id").asText())
                        .setParameter("sequence", event.sequence())
                        .setParameter("subscription", subscription.toString())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The customer's latest {@value #SUBSCRIPTIONS_MAX} subscriptions, newest first. */
    Uni<List<Subscription>> ofCustomer(String namespace, String customerId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF_CUSTOMER, String.class)
                        .setParameter("namespace", namespace)
                        .setParameter("customer_id", customerId)
                        .setMaxResults(SUBSCRIPTIONS_MAX)
                        .getResultList())
                .map(rows -> rows.stream().map(this::read).toList());
    }

    private Subscription read(String subscription) {
        try {
            return json.readValue(subscription, Subscription.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a known subscription is not readable", unreadable);
        }
    }
}
