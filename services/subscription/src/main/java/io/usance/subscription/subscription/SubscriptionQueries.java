package io.usance.subscription.subscription;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.kernel.time.Cadence;
import io.usance.runtime.list.Page;
import io.usance.subscription.customer.CustomerQueries;
import io.usance.subscription.customer.SubscriptionsOfCustomer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

@ApplicationScoped
class SubscriptionQueries implements SubscriptionsOfCustomer {
    /** More of a customer's subscriptions than this are not told of at once; the newest are. */
    static final int TOLD_MAX = 100;

    @Inject
    SubscriptionRepository subscriptions;

    @Inject
    CustomerQueries customers;

    @Inject
    Clock clock;

    @WithSession
    Uni<SubscriptionView> get(String namespace, String id) {
        return subscriptions.get(namespace, id).map(row -> SubscriptionView.of(row, clock.instant()));
    }

    /** The subscriptions that the query parameters ask for. */
    @WithSession
    Uni<Page<SubscriptionView>> list(String namespace, UriInfo uri) {
        Instant now = clock.instant();
        return subscriptions
                .list(namespace, SubscriptionRepository.LIST.parse(uri), now)
                .map(page -> page.map(row -> SubscriptionView.of(row, now)));
    }

    /**
     * A living customer with those of its newest {@value #TOLD_MAX} subscriptions that may still be on an invoice: not over, or
     * ended within one billing cadence. Oldest first; fails with 404.
     */
    @WithSession
    Uni<CustomerSubscriptions> ofCustomer(String namespace, String customerId) {
        Instant now = clock.instant();
        return customers
                .living(namespace, customerId)
                .chain(customer -> subscriptions
                        .newest(namespace, customerId, TOLD_MAX)
                        .map(rows -> rows.reversed().stream()
                                .filter(row -> mayBeInvoiced(row, now))
                                .map(SubscriptionRow::toContract)
                                .toList())
                        .map(told -> new CustomerSubscriptions(customer, told)));
    }

    @Override
    public Uni<List<String>> liveIds(String namespace, String customerId) {
        return subscriptions
                .live(namespace, customerId, clock.instant())
                .map(rows -> rows.stream().map(row -> row.id).toList());
    }

    private static boolean mayBeInvoiced(SubscriptionRow row, Instant now) {
        return row.activeTo == null
                || Cadence.parse(row.billingCadence).after(row.activeTo).isAfter(now);
    }
}
