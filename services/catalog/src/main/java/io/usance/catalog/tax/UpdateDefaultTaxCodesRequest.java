package io.usance.catalog.tax;

import io.usance.contracts.catalog.RateCard.TaxConfig.TaxCodeReference;
import io.usance.runtime.wire.WireSchema;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is null stays as it is. */
@WireSchema("UpdateOrganizationDefaultTaxCodesRequest")
record UpdateDefaultTaxCodesRequest(TaxCodeReference invoicingTaxCode, TaxCodeReference creditGrantTaxCode) {
    /** Ids of the tax codes that it names, each once. */
    Set<String> taxCodeIds() {
        return Stream.of(invoicingTaxCode, creditGrantTaxCode)
                .filter(Objects::nonNull)
                .map(TaxCodeReference::id)
                .collect(Collectors.toSet());
    }
}
