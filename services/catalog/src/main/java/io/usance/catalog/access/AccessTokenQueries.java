package io.usance.catalog.access;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
class AccessTokenQueries {
    @Inject
    AccessTokenRepository tokens;

    @WithSession
    Uni<Page<AccessTokenView>> list(String namespace, ListRequest request) {
        return tokens.list(namespace, request).map(page -> page.map(AccessTokenView::of));
    }
}
