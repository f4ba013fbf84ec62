package io.usance.catalog.tax;

import io.usance.contracts.catalog.RateCard.TaxConfig.TaxCodeReference;
import java.time.Instant;

/** The default tax codes as they are sent. */
record DefaultTaxCodesView(
        TaxCodeReference invoicingTaxCode, TaxCodeReference creditGrantTaxCode, Instant createdAt, Instant updatedAt) {
    static DefaultTaxCodesView of(DefaultTaxCodesRow row) {
        return new DefaultTaxCodesView(
                new TaxCodeReference(row.invoicingTaxCodeId),
                new TaxCodeReference(row.creditGrantTaxCodeId),
                row.createdAt,
                row.updatedAt);
    }
}
