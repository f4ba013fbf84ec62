package io.usance.catalog.feature;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
class FeatureQueries {
    @Inject
    FeatureRepository features;

    @WithSession
    Uni<Page<FeatureView>> list(String namespace, ListRequest request) {
        return features.list(namespace, request).map(page -> page.map(FeatureView::of));
    }

    /** Archived ones too, since what was subscribed to earlier still refers to them. */
    @WithSession
    Uni<FeatureView> get(String namespace, String id) {
        return features.get(namespace, id).map(FeatureView::of);
    }
}
