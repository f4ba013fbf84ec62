package io.usance.catalog.tax;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a tax code of the tenant's own. Concerns nobody else until something refers to it. */
@ApplicationScoped
class CreateTaxCode {
    @Inject
    TaxCodeRepository taxCodes;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<TaxCodeView> create(String namespace, CreateTaxCodeRequest request) {
        refuseMalformed(request.labels(), request.appMappings());
        return taxCodes.insert(row(namespace, request))
                .invoke(row -> Log.infof("tax code created taxCode=%s key=%s", row.id, row.key))
                .map(TaxCodeView::of);
    }

    /** Every fault in form that the schema cannot express. */
    static void refuseMalformed(Map<String, String> labels, List<AppMapping> appMappings) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", labels));
        faults.addAll(AppMapping.faults(appMappings));
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private TaxCodeRow row(String namespace, CreateTaxCodeRequest request) {
        Instant now = clock.instant();
        TaxCodeRow row = new TaxCodeRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.key = request.key();
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.appMappings = request.appMappings();
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }
}
