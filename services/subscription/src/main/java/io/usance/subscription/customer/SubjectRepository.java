package io.usance.subscription.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which customer a subject belongs to. */
@ApplicationScoped
class SubjectRepository implements PanacheRepositoryBase<SubjectRow, SubjectRow.Key> {
    /**
     * Waits for whoever is taking or giving back one of the subjects at the same moment. In order, and what is the customer's
     * already among them, although it may be given back afterwards: so no two can wait for each other.
     */
    private static final String TAKE = """
            with wanted as (
                select entry.key as subject, cast(entry.value as boolean) as is_subject_key
                from jsonb_each_text(cast(cast(:subjects as text) as jsonb)) as entry
            )
            insert into customer_subject (namespace, subject, customer_id, is_subject_key)
            select :namespace, locked.subject, :customer, locked.is_subject_key
            from (
                select wanted.subject, wanted.is_subject_key from wanted
                union all
                select owned.subject, owned.is_subject_key from customer_subject as owned
                where owned.namespace = :namespace and owned.customer_id = :customer
                and owned.subject not in (select wanted.subject from wanted)
            ) as locked
            order by locked.subject
            on conflict (namespace, subject) do update set is_subject_key = excluded.is_subject_key
            where customer_subject.customer_id = excluded.customer_id
            """;

    /** In the same order. */
    private static final String LOCK_ALL = """
            select subject from customer_subject where namespace = :namespace and customer_id = :customer
            order by subject for update
            """;

    private static final String TAKEN = """
            namespace = :namespace and subject in (:subjects) and customerId <> :customer order by subject
            """;
    private static final String GIVE_BACK = """
            namespace = :namespace and customerId = :customer and subject not in (:subjects)
            """;
    private static final String GIVE_BACK_ALL = "namespace = :namespace and customerId = :customer";

    @Inject
    ObjectMapper json;

    /** Makes the customer's subjects its own and no others; a subject that is another customer's stops it. */
    Uni<Optional<SubjectRow>> take(CustomerRow customer) {
        Map<String, Boolean> subjects = subjects(customer);
        return getSession()
                .chain(session -> session.createNativeQuery(TAKE)
                        .setParameter("namespace", customer.namespace)
                        .setParameter("customer", customer.id)
                        .setParameter("subjects", write(subjects))
                        .executeUpdate())
                .chain(() -> takenByAnother(customer, subjects.keySet()))
                .call(taken -> taken.isPresent()
                        ? Uni.createFrom().voidItem()
                        : delete(GIVE_BACK, parameters(customer, subjects.keySet())));
    }

    Uni<Long> giveBackAll(CustomerRow customer) {
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK_ALL, String.class)
                        .setParameter("namespace", customer.namespace)
                        .setParameter("customer", customer.id)
                        .getResultList())
                .chain(() -> delete(GIVE_BACK_ALL, Map.of("namespace", customer.namespace, "customer", customer.id)));
    }

    private Uni<Optional<SubjectRow>> takenByAnother(CustomerRow customer, Set<String> subjects) {
        return find(TAKEN, parameters(customer, subjects)).firstResult().map(Optional::ofNullable);
    }

    private static Map<String, Object> parameters(CustomerRow customer, Set<String> subjects) {
        return Map.of("namespace", customer.namespace, "customer", customer.id, "subjects", subjects);
    }

    /** Every subject, and whether it is one of the subject keys. */
    private static Map<String, Boolean> subjects(CustomerRow customer) {
        Map<String, Boolean> subjects = new TreeMap<>();
        subjects.put(customer.key, false);
        subjects.put(customer.id, false);
        customer.subjectKeys.forEach(subject -> subjects.put(subject, true));
        return subjects;
    }

    private String write(Map<String, Boolean> subjects) {
        try {
            return json.writeValueAsString(subjects);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }
}
