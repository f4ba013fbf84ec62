package io.usance.catalog.plan;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a version which was published uses a tax code. */
@Entity
@Table(name = "plan_tax_code")
@IdClass(PlanTaxCodeRow.Key.class)
class PlanTaxCodeRow {
    @Id
    String namespace;

    @Id
    String taxCodeId;

    @Id
    String planId;

    record Key(String namespace, String taxCodeId, String planId) implements Serializable {}

    static PlanTaxCodeRow of(PlanRow plan, String taxCodeId) {
        PlanTaxCodeRow row = new PlanTaxCodeRow();
        row.namespace = plan.namespace;
        row.taxCodeId = taxCodeId;
        row.planId = plan.id;
        return row;
    }
}
