package io.usance.catalog.plan;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a version which was published uses a feature. */
@Entity
@Table(name = "plan_feature")
@IdClass(PlanFeatureRow.Key.class)
class PlanFeatureRow {
    @Id
    String namespace;

    @Id
    String featureId;

    @Id
    String planId;

    record Key(String namespace, String featureId, String planId) implements Serializable {}

    static PlanFeatureRow of(PlanRow plan, String featureId) {
        PlanFeatureRow row = new PlanFeatureRow();
        row.namespace = plan.namespace;
        row.featureId = featureId;
        row.planId = plan.id;
        return row;
    }
}
