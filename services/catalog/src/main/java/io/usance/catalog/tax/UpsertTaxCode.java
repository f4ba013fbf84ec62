package io.usance.catalog.tax;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Replaces everything of a tenant's own tax code but its key; what is left out is cleared. */
@ApplicationScoped
class UpsertTaxCode {
    @Inject
    TaxCodeRepository taxCodes;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<TaxCodeView> upsert(String namespace, String id, UpsertTaxCodeRequest request) {
        CreateTaxCode.refuseMalformed(request.labels(), request.appMappings());
        return taxCodes.lockOwn(namespace, id)
                .invoke(row -> change(row, request))
                .call(taxCodes::flush)
                .invoke(row -> Log.infof("tax code changed taxCode=%s key=%s", row.id, row.key))
                .map(TaxCodeView::of);
    }

    private void change(TaxCodeRow row, UpsertTaxCodeRequest request) {
        if (row.isDeleted()) {
            throw Problems.gone("tax code", row.id);
        }
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.appMappings = request.appMappings();
        row.updatedAt = clock.instant();
    }
}
