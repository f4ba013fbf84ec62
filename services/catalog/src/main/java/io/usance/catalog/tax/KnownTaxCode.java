package io.usance.catalog.tax;

/** A tax code as those see it who refer to it. */
public record KnownTaxCode(String id, String key, boolean isDeleted) {
    static KnownTaxCode of(TaxCodeRow row) {
        return new KnownTaxCode(row.id, row.key, row.isDeleted());
    }
}
