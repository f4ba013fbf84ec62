package io.usance.invoicing.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Customer;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.util.Optional;

/** Customers as the topic told of them. */
@ApplicationScoped
public class KnownCustomers {
    private static final String PUT = """
            insert into known_customer (namespace, id, sequence, deleted, customer)
            values (:namespace, :id, :sequence, :deleted, :customer)
            on conflict (namespace, id) do update
            set sequence = excluded.sequence, deleted = excluded.deleted, customer = excluded.customer
            where known_customer.sequence < excluded.sequence
            """;
    private static final String FIND = """
            select deleted, customer from known_customer where namespace = :namespace and id = :id
            """;

    @Inject
    ObjectMapper json;

    /** Takes the customer that {@code event} tells of, unless a newer event was taken before. */
    public Uni<Void> put(Envelope event, JsonNode customer) {
        return write(event, false, customer.toString());
    }

    /** Takes that the customer is gone. */
    public Uni<Void> remove(Envelope event) {
        return write(event, true, "");
    }

    /** The customer, empty if the topic told that it is gone; null if it has not told of it. */
    public Uni<Optional<Customer>> find(String namespace, String id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIND, Tuple.class)
                        .setParameter("namespace", namespace)
                        .setParameter("id", id)
                        .getSingleResultOrNull())
                .map(row -> row == null ? null : read(row));
    }

    private Uni<Void> write(Envelope event, boolean deleted, String customer) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PUT)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("sequence", event.sequence())
                        .setParameter("deleted", deleted)
                        .setParameter("customer", customer)
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Optional<Customer> read(Tuple row) {
        try {
            return row.get(0, Boolean.class)
                    ? Optional.empty()
                    : Optional.of(json.readValue(row.get(1, String.class), Customer.class));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a known customer is not readable", unreadable);
        }
    }
}
