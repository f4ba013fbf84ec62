package io.usance.invoicing.profile;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.time.Clock;

/** Each tenant has a default profile from the moment it has a customer: the sandbox, which charges nobody. */
@ApplicationScoped
public class BillingProfiles {
    private static final String SANDBOX = "Sandbox";
    private static final String CREATE = """
            insert into billing_profile (namespace, id, name, is_default, created_at)
            values (:namespace, :id, :name, true, :created_at)
            on conflict do nothing
            """;
    private static final String DEFAULT = """
            select id, name from billing_profile where namespace = :namespace and is_default
            """;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /** The tenant's default profile; made if there is none yet, once, however many ask. */
    @WithTransaction
    public Uni<BillingProfile> byDefault(String namespace) {
        return find(namespace)
                .onItem()
                .ifNull()
                .switchTo(() -> create(namespace).chain(() -> find(namespace)));
    }

    private Uni<BillingProfile> find(String namespace) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(DEFAULT, Tuple.class)
                        .setParameter("namespace", namespace)
                        .getSingleResultOrNull())
                .map(row ->
                        row == null ? null : new BillingProfile(row.get(0, String.class), row.get(1, String.class)));
    }

    private Uni<Integer> create(String namespace) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CREATE)
                        .setParameter("namespace", namespace)
                        .setParameter("id", ids.next())
                        .setParameter("name", SANDBOX)
                        .setParameter("created_at", clock.instant())
                        .executeUpdate());
    }
}
