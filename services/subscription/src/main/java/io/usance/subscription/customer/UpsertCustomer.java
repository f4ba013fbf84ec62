package io.usance.subscription.customer;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.subscription.CustomerUpdated;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Replaces what is said of a customer; the key stays, and so does a currency that a priced subscription has set. */
@ApplicationScoped
class UpsertCustomer {
    @Inject
    CustomerRepository customers;

    @Inject
    Attribution attribution;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    /** Fails with 410 when the customer was deleted, and with 409 when another one has one of the subject keys. */
    @WithTransaction
    Uni<CustomerView> upsert(String namespace, String id, UpsertCustomerRequest request) {
        request.requireValid();
        return customers
                .lock(namespace, id)
                .invoke(row -> apply(request, row))
                .call(attribution::take)
                .call(row -> outbox.append(
                        Topics.SUBSCRIPTION, namespace, row.id, row.sequence, new CustomerUpdated(row.toContract())))
                .invoke(row -> Log.infof("customer updated namespace=%s customer=%s", namespace, row.id))
                .map(CustomerView::of);
    }

    private void apply(UpsertCustomerRequest request, CustomerRow row) {
        if (row.isDeleted()) {
            throw Problems.gone("customer", row.id);
        }
        if (row.currencyFixed
                && request.currency() != null
                && !request.currency().equals(row.currency)) {
            throw Problems.refused(
                    ProblemType.BAD_REQUEST,
                    new ValidationError(
                            "customer_currency_fixed",
                            "the currency is %s for good, since a priced subscription has set it"
                                    .formatted(row.currency),
                            "currency"));
        }
        row.update(request, clock.instant());
    }
}
