package io.usance.subscription.customer;

import io.smallrye.mutiny.Uni;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Gives each event subject to at most one customer. */
@ApplicationScoped
class Attribution {
    @Inject
    SubjectRepository subjects;

    @Inject
    CustomerRepository customers;

    /** Makes key, id and subject keys the customer's own; fails with 409 when another living customer has one of them. */
    Uni<Void> take(CustomerRow customer) {
        return subjects.take(customer)
                .chain(taken -> taken.isEmpty() ? Uni.createFrom().voidItem() : refuse(taken.orElseThrow()));
    }

    private Uni<Void> refuse(SubjectRow taken) {
        return customers
                .get(taken.namespace, taken.customerId)
                .onItem()
                .transformToUni(other -> Uni.createFrom()
                        .failure(() -> Problems.conflict(
                                "'%s' belongs to customer %s already, as %s",
                                taken.subject, other.id, role(taken.subject, other))));
    }

    private static String role(String subject, CustomerRow owner) {
        if (subject.equals(owner.key)) {
            return "its key";
        }
        return subject.equals(owner.id) ? "its id" : "one of its subject keys";
    }
}
