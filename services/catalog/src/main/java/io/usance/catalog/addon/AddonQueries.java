package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

@ApplicationScoped
class AddonQueries {
    @Inject
    AddonRepository addons;

    @Inject
    AddonViews views;

    @Inject
    Clock clock;

    @WithSession
    Uni<Page<AddonView>> list(String namespace, ListRequest request) {
        return addons.list(namespace, request, clock.instant())
                .chain(page -> views.of(namespace, page.data()).map(data -> new Page<>(data, page.meta())));
    }

    /** Deleted ones too, with the time at which they were. */
    @WithSession
    Uni<AddonView> get(String namespace, String id) {
        return addons.get(namespace, id).chain(views::of);
    }
}
