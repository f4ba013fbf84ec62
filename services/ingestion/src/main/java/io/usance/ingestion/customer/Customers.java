package io.usance.ingestion.customer;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Customer;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose usage a subject's is: as last heard, and from the owner of customers where nothing was heard yet. */
@ApplicationScoped
public class Customers {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Inject
    LastHeard lastHeard;

    @Inject
    CustomerOwner owner;

    /**
     * Every subject of the customers with {@code ids}, with the customer that has it. A customer that does not exist has no
     * subjects. Fails with a 503 problem if one is not known and its owner is away.
     */
    public Uni<Map<String, KnownCustomer>> subjectsOf(String namespace, Collection<String> ids, String bearer) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> find(namespace, id, bearer))
                .collect()
                .in(
                        HashMap::new,
                        (subjects, found) -> found.ifPresent(
                                known -> known.subjects().forEach(subject -> subjects.put(subject, known.customer()))));
    }

    /** Who has each of {@code subjects}, as last heard; those that are nobody's are left out. */
    public Uni<Map<String, KnownCustomer>> ofSubjects(String namespace, Collection<String> subjects) {
        return lastHeard.ofSubjects(namespace, subjects);
    }

    private Uni<Optional<KnownCustomers.Known>> find(String namespace, String id, String bearer) {
        if (!Ids.isUlid(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return lastHeard
                .find(namespace, id)
                .chain(known -> known.isPresent() ? Uni.createFrom().item(known) : ask(id, bearer));
    }

    private Uni<Optional<KnownCustomers.Known>> ask(String id, String bearer) {
        return owner.ask(bearer, id)
                .map(customer -> Optional.of(known(customer)))
                .onFailure(Customers::isNotFound)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(failure -> refusal(id, failure));
    }

    private static KnownCustomers.Known known(Customer customer) {
        return new KnownCustomers.Known(
                new KnownCustomer(customer.id(), customer.key(), customer.name()), Set.copyOf(customer.subjects()));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException refused
                && refused.getResponse().getStatus() == 404;
    }

    private static Throwable refusal(String id, Throwable failure) {
        Log.warnf("subscription service did not answer customer=%s cause=%s", id, failure);
        return Problems.unavailable("the customer is not known yet and its owner does not answer", RETRY_AFTER);
    }

    /** The projection of the topic. */
    @ApplicationScoped
    static class LastHeard {
        @Inject
        KnownCustomers customers;

        @WithSession
        Uni<Optional<KnownCustomers.Known>> find(String namespace, String id) {
            return customers.find(namespace, id);
        }

        @WithSession
        Uni<Map<String, KnownCustomer>> ofSubjects(String namespace, Collection<String> subjects) {
            return customers.ofSubjects(namespace, subjects);
        }
    }
}
