package io.usance.catalog.addon;

import io.usance.catalog.addon.model.PlanAddonRules;
import io.usance.catalog.addon.model.PlanTerms;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.KnownPlan;
import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** That one version of an add-on can be bought with one version of a plan. */
@Entity
@Table(name = "plan_addon")
class PlanAddonRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String planId;
    String addonId;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    String fromPlanPhase;

    /** Null for no limit. */
    Integer maxQuantity;

    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    /**
     * What stands in the way of selling {@code addon} on top of {@code plan} in this way.
     *
     * @param plan the one with {@link #planId}
     * @param addon the one with {@link #addonId}
     */
    List<Violation> violations(KnownPlan plan, AddonRow addon, Clock clock) {
        return PlanAddonRules.violations(
                new PlanTerms(plan.currency(), plan.billingCadence(), plan.phases()),
                addon.toTerms(addon.now(clock)),
                fromPlanPhase,
                maxQuantity);
    }
}
