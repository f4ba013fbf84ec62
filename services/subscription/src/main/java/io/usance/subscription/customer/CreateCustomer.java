package io.usance.subscription.customer;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.subscription.CustomerCreated;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Makes a customer to which usage of its subjects, also past usage, belongs from now on. */
@ApplicationScoped
class CreateCustomer {
    @Inject
    CustomerRepository customers;

    @Inject
    Attribution attribution;

    @Inject
    Outbox outbox;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /** Fails with 409 when a living customer has the key, or one of the subject keys, as key, id or subject. */
    @WithTransaction
    Uni<CustomerView> create(String namespace, CreateCustomerRequest request) {
        request.requireValid();
        CustomerRow created = CustomerRow.create(namespace, ids.next(), request.key(), request, clock.instant());
        return attribution
                .take(created)
                .chain(() -> customers.persist(created))
                .call(row -> outbox.append(
                        Topics.SUBSCRIPTION, namespace, row.id, row.sequence, new CustomerCreated(row.toContract())))
                .invoke(row -> Log.infof("customer created namespace=%s customer=%s", namespace, row.id))
                .map(CustomerView::of);
    }
}
