package io.usance.catalog.tax;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.RateCard.TaxConfig.TaxCodeReference;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses which tax codes are taken where none is named. */
@ApplicationScoped
class UpdateDefaultTaxCodes {
    @Inject
    TaxCodeRepository taxCodes;

    @Inject
    DefaultTaxCodesRepository defaults;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<DefaultTaxCodesView> update(String namespace, UpdateDefaultTaxCodesRequest request) {
        return taxCodes.holdByIds(namespace, request.taxCodeIds())
                .invoke(held -> refuseUnknown(request, held))
                .chain(() -> defaults.lockOwn(namespace))
                .invoke(row -> change(row, request))
                .call(defaults::flush)
                .map(DefaultTaxCodesView::of);
    }

    private static void refuseUnknown(UpdateDefaultTaxCodesRequest request, List<TaxCodeRow> held) {
        Set<String> living =
                held.stream().filter(row -> !row.isDeleted()).map(row -> row.id).collect(Collectors.toSet());
        List<InvalidParameter> faults = new ArrayList<>();
        check("invoicing_tax_code", request.invoicingTaxCode(), living, faults);
        check("credit_grant_tax_code", request.creditGrantTaxCode(), living, faults);
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private static void check(
            String field, TaxCodeReference reference, Set<String> living, List<InvalidParameter> faults) {
        if (reference != null && !living.contains(reference.id())) {
            faults.add(InvalidParameter.body(
                    field + ".id", "missing_reference", "names a tax code that does not exist or was deleted"));
        }
    }

    private void change(DefaultTaxCodesRow row, UpdateDefaultTaxCodesRequest request) {
        if (request.invoicingTaxCode() != null) {
            row.invoicingTaxCodeId = request.invoicingTaxCode().id();
        }
        if (request.creditGrantTaxCode() != null) {
            row.creditGrantTaxCodeId = request.creditGrantTaxCode().id();
        }
        row.updatedAt = clock.instant();
        Log.infof(
                "default tax codes changed invoicing=%s creditGrant=%s",
                row.invoicingTaxCodeId, row.creditGrantTaxCodeId);
    }
}
