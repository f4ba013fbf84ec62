package io.usance.catalog.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.document.CatalogPart;
import io.usance.catalog.document.Entries;
import io.usance.catalog.document.Section;
import io.usance.catalog.plan.model.PlanStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Plans as the catalog document lists them: of each key the version in force and the draft, if there are such, with what
 * they refer to by key. A version in force that differs gets a successor, and its subscriptions stay with it.
 */
@ApplicationScoped
class PlansInDocument implements CatalogPart {
    private static final String ACTIVE = PlanStatus.ACTIVE.wireName();
    private static final String DRAFT = PlanStatus.DRAFT.wireName();
    private static final String RATE_CARDS = "rate_cards";
    private static final String ADDONS = "addons";

    /** What is there only in answers. */
    private static final Set<String> READ_ONLY =
            Set.of("version", "effective_from", "effective_to", "validation_errors", "settlement_mode");

    @Inject
    PlanRepository plans;

    @Inject
    RateCardEntries rateCards;

    @Inject
    AttachedAddons addons;

    @Inject
    CreatePlan createPlan;

    @Inject
    PublishPlan publishPlan;

    @Inject
    ArchivePlan archivePlan;

    @Inject
    DeletePlan deletePlan;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    @Override
    public Section section() {
        return Section.PLANS;
    }

    @Override
    public Uni<List<ObjectNode>> export(String namespace) {
        return plans.openAndDrafts(namespace, clock.instant()).chain(rows -> entries(namespace, rows));
    }

    private Uni<List<ObjectNode>> entries(String namespace, List<PlanRow> rows) {
        Instant now = clock.instant();
        return rateCards
                .keys(
                        namespace,
                        RateCardReferences.Named.all(
                                rows.stream().map(PlanRow::named).toList()))
                .chain(keys -> addons.entries(
                                namespace, rows.stream().map(row -> row.id).toList())
                        .map(ofPlans -> rows.stream()
                                .map(row -> entry(row, keys, ofPlans.getOrDefault(row.id, List.of()), now))
                                .toList()));
    }

    private ObjectNode entry(PlanRow row, RateCardEntries.Keys keys, List<ObjectNode> ofAddons, Instant now) {
        ObjectNode entry = Entries.of(json.valueToTree(PlanView.of(row, List.of(), now)));
        entry.remove(READ_ONLY);
        entry.path("phases").forEach(phase -> keys.putInto(phase.path(RATE_CARDS)));
        if (!ofAddons.isEmpty()) {
            entry.putArray(ADDONS).addAll(ofAddons);
        }
        return complete(entry);
    }

    @Override
    public ObjectNode complete(ObjectNode entry) {
        ObjectNode complete = Entries.of(entry);
        putUnlessThere(complete, "status", json.getNodeFactory().textNode(ACTIVE));
        putUnlessThere(complete, "pro_rating_enabled", json.getNodeFactory().booleanNode(true));
        for (JsonNode phase : complete.path("phases")) {
            dropIfEmpty((ObjectNode) phase, "labels");
            RateCardEntries.complete(phase.path(RATE_CARDS));
        }
        complete.path(ADDONS).forEach(addon -> dropIfEmpty((ObjectNode) addon, "labels"));
        dropIfEmpty(complete, ADDONS);
        return complete;
    }

    private static void putUnlessThere(ObjectNode object, String property, JsonNode value) {
        if (!object.hasNonNull(property)) {
            object.set(property, value);
        }
    }

    private static void dropIfEmpty(ObjectNode object, String property) {
        if (object.path(property).isEmpty()) {
            object.remove(property);
        }
    }

    @Override
    public String name(ObjectNode entry) {
        return isDraft(entry) ? key(entry) + " (draft)" : key(entry);
    }

    private static String key(ObjectNode entry) {
        return entry.path("key").asText();
    }

    private static boolean isDraft(ObjectNode entry) {
        return entry.path("status").asText().equals(DRAFT);
    }

    @Override
    public Uni<Void> create(String namespace, ObjectNode wanted) {
        return isDraft(wanted) ? draft(namespace, wanted).replaceWithVoid() : putInForce(namespace, wanted);
    }

    @Override
    public Uni<Void> change(String namespace, ObjectNode present, ObjectNode wanted) {
        return isDraft(wanted)
                ? plans.draft(namespace, key(wanted))
                        .chain(draft -> delete(namespace, draft))
                        .chain(() -> draft(namespace, wanted))
                        .replaceWithVoid()
                : putInForce(namespace, wanted);
    }

    private Uni<String> draft(String namespace, ObjectNode wanted) {
        List<ObjectNode> ofAddons = new ArrayList<>();
        wanted.path(ADDONS).forEach(addon -> ofAddons.add((ObjectNode) addon));
        return createPlan
                .create(namespace, request(wanted))
                .map(PlanView::id)
                .call(id -> addons.attach(namespace, id, ofAddons));
    }

    private CreatePlanRequest request(ObjectNode wanted) {
        ObjectNode body = wanted.deepCopy();
        body.remove(Set.of("status", ADDONS));
        return json.convertValue(body, CreatePlanRequest.class);
    }

    /** A plan has one draft, which is what is published: one that there is makes way, and comes back as the version after. */
    private Uni<Void> putInForce(String namespace, ObjectNode wanted) {
        return plans.draft(namespace, key(wanted))
                .chain(draft -> draft == null
                        ? publish(namespace, wanted)
                        : entries(namespace, List.of(draft))
                                .call(() -> delete(namespace, draft))
                                .call(() -> publish(namespace, wanted))
                                .chain(entries -> draft(namespace, entries.getFirst()))
                                .replaceWithVoid());
    }

    private Uni<Void> publish(String namespace, ObjectNode wanted) {
        return draft(namespace, wanted)
                .chain(id -> publishPlan.publish(namespace, id))
                .replaceWithVoid();
    }

    private Uni<Void> delete(String namespace, PlanRow draft) {
        return deletePlan.delete(namespace, draft.id).chain(plans::flush).replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(String namespace, ObjectNode present) {
        String key = key(present);
        return isDraft(present)
                ? plans.draft(namespace, key).chain(row -> deletePlan.delete(namespace, row.id))
                : plans.lockOpen(namespace, key)
                        .chain(row -> archivePlan.archive(namespace, row.id))
                        .replaceWithVoid();
    }
}
