package io.usance.ingestion.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Customer;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Customers and their subjects as the topic told of them. */
@ApplicationScoped
class KnownCustomers {
    private static final String PUT = """
            insert into customer (namespace, id, sequence, key, name, changed_at)
            values (:namespace, :id, :sequence, :key, :name, :changed_at)
            on conflict (namespace, id) do update
            set sequence = excluded.sequence, key = excluded.key, name = excluded.name, changed_at = excluded.changed_at
            where customer.sequence < excluded.sequence
            """;
    private static final String REMOVE = """
            insert into customer (namespace, id, sequence, changed_at, deleted_at)
            values (:namespace, :id, :sequence, :deleted_at, :deleted_at)
            on conflict (namespace, id) do update
            set sequence = excluded.sequence, changed_at = excluded.changed_at, deleted_at = excluded.deleted_at
            where customer.sequence < excluded.sequence
            """;
    private static final String DROP_SUBJECTS = """
            delete from customer_subject where namespace = :namespace and customer_id = :id
            """;
    // To text first: a parameter of type jsonb would be taken for a JSON string.
    private static final String ADD_SUBJECTS = """
            insert into customer_subject (namespace, subject, customer_id)
            select :namespace, subject, :id from jsonb_array_elements_text(cast(cast(:subjects as text) as jsonb)) as subject
            on conflict do nothing
            """;
    private static final String FIND = """
            select c.id, c.key, c.name, s.subject
            from customer c left join customer_subject s on s.namespace = c.namespace and s.customer_id = c.id
            where c.namespace = :namespace and c.id = :id and c.deleted_at is null
            """;
    // Of two that both have a subject, the one that was heard of last has it by now.
    private static final String OF_SUBJECTS = """
            select c.id, c.key, c.name, s.subject
            from customer_subject s join customer c on c.namespace = s.namespace and c.id = s.customer_id
            where s.namespace = :namespace and s.subject in (:subjects)
            order by c.changed_at, c.id
            """;

    /** How many subjects are looked up in one statement. */
    private static final int SUBJECTS_CHUNK = 1_000;

    @Inject
    ObjectMapper json;

    /** A customer with every subject that is its own. */
    record Known(KnownCustomer customer, Set<String> subjects) {}

    /** Takes the customer that {@code event} tells of, unless a newer event was taken before. */
    Uni<Void> put(Envelope event) {
        Customer customer = read(event);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PUT)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("sequence", event.sequence())
                        .setParameter("key", customer.key())
                        .setParameter("name", customer.name())
                        .setParameter("changed_at", event.occurredAt())
                        .executeUpdate())
                .chain(changed -> changed == 0
                        ? Uni.createFrom().voidItem()
                        : dropSubjects(event).chain(() -> addSubjects(event, customer.subjects())));
    }

    /** Remembers that the customer is gone, even if it was never heard of; its subjects are nobody's. */
    Uni<Void> remove(Envelope event) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(REMOVE)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("sequence", event.sequence())
                        .setParameter("deleted_at", event.occurredAt())
                        .executeUpdate())
                .chain(changed -> changed == 0 ? Uni.createFrom().voidItem() : dropSubjects(event));
    }

    /** The living customer; empty if it is not known. */
    Uni<Optional<Known>> find(String namespace, String id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIND, Object[].class)
                        .setParameter("namespace", namespace)
                        .setParameter("id", id)
                        .getResultList())
                .map(KnownCustomers::withSubjects);
    }

    /** Who has each of {@code subjects}; those that are nobody's are left out. */
    Uni<Map<String, KnownCustomer>> ofSubjects(String namespace, Collection<String> subjects) {
        Map<String, KnownCustomer> owners = new HashMap<>();
        Uni<Void> looked = Uni.createFrom().voidItem();
        List<String> all = new ArrayList<>(subjects);
        for (int start = 0; start < all.size(); start += SUBJECTS_CHUNK) {
            List<String> chunk = all.subList(start, Math.min(start + SUBJECTS_CHUNK, all.size()));
            looked = looked.chain(() -> look(namespace, chunk, owners));
        }
        return looked.replaceWith(owners);
    }

    private static Uni<Void> look(String namespace, List<String> subjects, Map<String, KnownCustomer> owners) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF_SUBJECTS, Object[].class)
                        .setParameter("namespace", namespace)
                        .setParameter("subjects", subjects)
                        .getResultList())
                .invoke(rows -> rows.forEach(row -> owners.put((String) row[3], customer(row))))
                .replaceWithVoid();
    }

    private Uni<Void> dropSubjects(Envelope event) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(DROP_SUBJECTS)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Uni<Void> addSubjects(Envelope event, List<String> subjects) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ADD_SUBJECTS)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("subjects", json.valueToTree(subjects).toString())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Optional<Known> withSubjects(List<Object[]> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Set<String> subjects = new HashSet<>();
        for (Object[] row : rows) {
            if (row[3] != null) {
                subjects.add((String) row[3]);
            }
        }
        return Optional.of(new Known(customer(rows.getFirst()), subjects));
    }

    private static KnownCustomer customer(Object[] row) {
        return new KnownCustomer((String) row[0], (String) row[1], (String) row[2]);
    }

    private Customer read(Envelope event) {
        try {
            return json.treeToValue(event.data().get("customer"), Customer.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("the event tells of no readable customer", unreadable);
        }
    }
}
