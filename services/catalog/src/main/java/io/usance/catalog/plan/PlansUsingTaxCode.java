package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.tax.TaxCodeUsers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** The versions in force that need a tax code. */
@ApplicationScoped
class PlansUsingTaxCode implements TaxCodeUsers {
    @Inject
    PlanRepository plans;

    @Inject
    Clock clock;

    @Override
    public Uni<List<String>> of(String namespace, String taxCodeId) {
        return plans.activeWithTaxCode(namespace, taxCodeId, clock.instant())
                .map(rows -> rows.stream().map(PlanRow::title).toList());
    }
}
