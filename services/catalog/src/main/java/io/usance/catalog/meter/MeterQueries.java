package io.usance.catalog.meter;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
class MeterQueries {
    @Inject
    MeterRepository meters;

    @WithSession
    Uni<Page<MeterView>> list(String namespace, ListRequest request) {
        return meters.list(namespace, request).map(page -> page.map(MeterView::of));
    }

    @WithSession
    Uni<MeterView> get(String namespace, String id) {
        return meters.get(namespace, id).map(MeterView::of);
    }

    @WithSession
    Uni<Meter> contract(String namespace, String id) {
        return meters.get(namespace, id).map(MeterRow::toMeter);
    }
}
