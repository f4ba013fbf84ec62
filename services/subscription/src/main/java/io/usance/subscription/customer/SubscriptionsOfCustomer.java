package io.usance.subscription.customer;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** What customers need to know of their subscriptions; those tell it. */
public interface SubscriptionsOfCustomer {
    /** Ids of the subscriptions that are not over, oldest first; asked within the transaction that locks the customer. */
    Uni<List<String>> liveIds(String namespace, String customerId);
}
