package io.usance.catalog.tax;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tax codes that a tenant takes where none is named. */
@Entity
@Table(name = "default_tax_codes")
class DefaultTaxCodesRow {
    /** Empty for the tenants that never chose. */
    @Id
    String namespace;

    String invoicingTaxCodeId;
    String creditGrantTaxCodeId;
    Instant createdAt;
    Instant updatedAt;

    @Version
    long version;

    /** What {@code taxCodeId} is the default of, for a person. */
    List<String> uses(String taxCodeId) {
        List<String> uses = new ArrayList<>();
        if (invoicingTaxCodeId.equals(taxCodeId)) {
            uses.add("the invoicing default");
        }
        if (creditGrantTaxCodeId.equals(taxCodeId)) {
            uses.add("the credit grant default");
        }
        return uses;
    }
}
