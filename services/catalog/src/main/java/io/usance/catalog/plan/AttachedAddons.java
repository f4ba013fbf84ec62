package io.usance.catalog.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.model.Violation;
import java.util.List;
import java.util.Map;

/** What is sold on top of plans. A plan does not know its add-ons; they implement this. */
public interface AttachedAddons {
    /**
     * What of its add-ons stands in the way of publishing each plan, by the plan's id, in the caller's session. Plans with
     * nothing in the way are missing.
     */
    Uni<Map<String, List<Violation>>> violations(String namespace, List<KnownPlan> plans);

    /** What is attached to each plan as a catalog document has it, by the plan's id. Plans with nothing are missing. */
    Uni<Map<String, List<ObjectNode>>> entries(String namespace, List<String> planIds);

    /** Attaches what a document lists to a draft, in the caller's transaction. */
    Uni<Void> attach(String namespace, String planId, List<ObjectNode> entries);

    /** As {@link #violations} for one plan, and no add-on of it is archived before the caller's transaction ends. */
    Uni<List<Violation>> hold(String namespace, KnownPlan plan);
}
