package io.usance.catalog.addon;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.tax.TaxCodeUsers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** The versions in force that need a tax code. */
@ApplicationScoped
class AddonsUsingTaxCode implements TaxCodeUsers {
    @Inject
    AddonRepository addons;

    @Inject
    Clock clock;

    @Override
    public Uni<List<String>> of(String namespace, String taxCodeId) {
        return addons.activeWithTaxCode(namespace, taxCodeId, clock.instant())
                .map(rows -> rows.stream().map(AddonRow::title).toList());
    }
}
