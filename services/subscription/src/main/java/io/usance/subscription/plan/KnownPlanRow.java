package io.usance.subscription.plan;

import io.usance.contracts.catalog.Plan;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.PartitionKey;

/** What catalog has told of a published plan version. Only the end of one ever changes. */
@Entity
@Table(name = "known_plan")
class KnownPlanRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    /** This and the following are null while only the end has been heard of. */
    String key;

    Integer version;
    Instant effectiveFrom;

    /** Exclusive; null while open. */
    Instant effectiveTo;

    @Convert(converter = PlanColumn.class)
    Plan plan;

    /** Of the newest event that was taken. */
    long sequence;

    static KnownPlanRow of(String namespace, String id) {
        KnownPlanRow row = new KnownPlanRow();
        row.namespace = namespace;
        row.id = id;
        return row;
    }

    /** An end that was heard of before, out of turn, stays. */
    void published(Plan published, long at) {
        plan = published;
        key = published.key();
        version = published.version();
        effectiveFrom = published.effectiveFrom();
        if (at > sequence) {
            effectiveTo = published.effectiveTo();
            sequence = at;
        }
    }

    void archived(Instant archivedAt, long at) {
        if (at > sequence) {
            effectiveTo = archivedAt;
            sequence = at;
        }
    }

    boolean isEffectiveAt(Instant now) {
        return !effectiveFrom.isAfter(now) && (effectiveTo == null || effectiveTo.isAfter(now));
    }
}
