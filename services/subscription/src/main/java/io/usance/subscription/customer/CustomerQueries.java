package io.usance.subscription.customer;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Customer;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;

@ApplicationScoped
public class CustomerQueries {
    @Inject
    CustomerRepository customers;

    @Inject
    Clock clock;

    /** A customer, also a deleted one. */
    @WithSession
    Uni<CustomerView> get(String namespace, String id) {
        return customers.get(namespace, id).map(CustomerView::of);
    }

    /** Living customers, as the query parameters ask for them. */
    @WithSession
    Uni<Page<CustomerView>> list(String namespace, UriInfo uri) {
        return customers
                .list(namespace, CustomerRepository.LIST.parse(uri), clock.instant())
                .map(page -> page.map(CustomerView::of));
    }

    /** A living customer as other services see it; fails with 404, also when it was deleted. */
    @WithSession
    public Uni<Customer> living(String namespace, String id) {
        return customers
                .get(namespace, id)
                .invoke(row -> {
                    if (row.isDeleted()) {
                        throw Problems.notFound("customer", id);
                    }
                })
                .map(CustomerRow::toContract);
    }
}
