package io.usance.subscription.customer;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.CustomerUpdated;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Lets subscriptions be written for a customer one at a time. To be called within a transaction. */
@ApplicationScoped
public class CustomerAccounts {
    @Inject
    CustomerRepository customers;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    /** Locks a living customer until the transaction is over; fails with 404. */
    public Uni<Customer> lockById(String namespace, String id) {
        return customers
                .lock(namespace, id)
                .invoke(row -> {
                    if (row.isDeleted()) {
                        throw Problems.notFound("customer", id);
                    }
                })
                .map(CustomerRow::toContract);
    }

    /** As {@link #lockById}, by key. */
    public Uni<Customer> lockByKey(String namespace, String key) {
        return customers.lockByKey(namespace, key).map(CustomerRow::toContract);
    }

    /** Makes {@code currency} the customer's for good; fails with 400 when it has another one. */
    public Uni<Void> fixCurrency(String namespace, String id, String currency) {
        return customers.get(namespace, id).chain(row -> {
            if (row.currency != null && !row.currency.equals(currency)) {
                throw Problems.refused(
                        ProblemType.BAD_REQUEST,
                        new ValidationError(
                                "customer_currency_mismatch",
                                "the plan is in %s and the customer pays in %s; choose a plan in %s"
                                        .formatted(currency, row.currency, row.currency),
                                "plan"));
            }
            return row.fixCurrency(currency, clock.instant())
                    ? outbox.append(
                            Topics.SUBSCRIPTION, namespace, id, row.sequence, new CustomerUpdated(row.toContract()))
                    : Uni.createFrom().voidItem();
        });
    }
}
