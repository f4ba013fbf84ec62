package io.usance.catalog.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.document.CatalogPart;
import io.usance.catalog.document.Entries;
import io.usance.catalog.document.Section;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.catalog.RateCard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Plans as the catalog document lists them: of each key the version in force and the draft, if there are such, with their
 * features by key. A version in force that differs gets a successor, and its subscriptions stay with it.
 */
@ApplicationScoped
class PlansInDocument implements CatalogPart {
    private static final String ACTIVE = PlanStatus.ACTIVE.wireName();
    private static final String DRAFT = PlanStatus.DRAFT.wireName();

    /** What is there only in answers. */
    private static final Set<String> READ_ONLY =
            Set.of("version", "effective_from", "effective_to", "validation_errors", "settlement_mode");

    @Inject
    PlanRepository plans;

    @Inject
    FeatureLookup features;

    @Inject
    CreatePlan createPlan;

    @Inject
    UpdatePlan updatePlan;

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
        Set<String> featureIds =
                rows.stream().flatMap(row -> row.featureIds().stream()).collect(Collectors.toSet());
        return features.byIds(namespace, featureIds)
                .map(known -> known.stream()
                        .filter(feature -> !feature.isArchived())
                        .collect(Collectors.toMap(KnownFeature::id, KnownFeature::key)))
                .map(keys -> rows.stream().map(row -> entry(row, keys, now)).toList());
    }

    private ObjectNode entry(PlanRow row, Map<String, String> featureKeys, Instant now) {
        ObjectNode entry = Entries.of(json.valueToTree(PlanView.of(row, List.of(), now)));
        entry.remove(READ_ONLY);
        eachRateCard(entry, card -> {
            String key = featureKeys.get(card.at("/feature/id").asText());
            if (key != null) {
                card.putObject("feature").put("key", key);
            }
        });
        return complete(entry);
    }

    @Override
    public ObjectNode complete(ObjectNode entry) {
        ObjectNode complete = Entries.of(entry);
        putUnlessThere(complete, "status", json.getNodeFactory().textNode(ACTIVE));
        putUnlessThere(complete, "pro_rating_enabled", json.getNodeFactory().booleanNode(true));
        for (JsonNode phase : complete.path("phases")) {
            dropIfEmpty((ObjectNode) phase, "labels");
        }
        eachRateCard(complete, card -> {
            putUnlessThere(card, "payment_term", json.getNodeFactory().textNode(RateCard.IN_ARREARS));
            dropIfEmpty(card, "labels");
        });
        return complete;
    }

    private static void eachRateCard(ObjectNode plan, Consumer<ObjectNode> change) {
        for (JsonNode phase : plan.path("phases")) {
            phase.path("rate_cards").forEach(card -> change.accept((ObjectNode) card));
        }
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
        String key = entry.path("key").asText();
        return isDraft(entry) ? key + " (draft)" : key;
    }

    private static boolean isDraft(ObjectNode entry) {
        return entry.path("status").asText().equals(DRAFT);
    }

    @Override
    public Uni<Void> create(String namespace, ObjectNode wanted) {
        return isDraft(wanted)
                ? createPlan.create(namespace, request(wanted)).replaceWithVoid()
                : putInForce(namespace, wanted);
    }

    @Override
    public Uni<Void> change(String namespace, ObjectNode present, ObjectNode wanted) {
        return isDraft(wanted) ? changeDraft(namespace, request(wanted)) : putInForce(namespace, wanted);
    }

    /** A plan has one draft, which is what is published: one that there is makes way, and comes back as the version after. */
    private Uni<Void> putInForce(String namespace, ObjectNode wanted) {
        CreatePlanRequest request = request(wanted);
        return plans.draft(namespace, request.key())
                .chain(draft -> draft == null
                        ? publish(namespace, request)
                        : entries(namespace, List.of(draft))
                                .call(() -> delete(namespace, draft))
                                .call(() -> publish(namespace, request))
                                .chain(entries -> createPlan.create(namespace, request(entries.getFirst())))
                                .replaceWithVoid());
    }

    private Uni<Void> publish(String namespace, CreatePlanRequest request) {
        return createPlan
                .create(namespace, request)
                .chain(draft -> publishPlan.publish(namespace, draft.id()))
                .replaceWithVoid();
    }

    private Uni<Void> changeDraft(String namespace, CreatePlanRequest request) {
        return plans.draft(namespace, request.key()).chain(draft -> {
            boolean hasItsTerms =
                    draft.currency.equals(request.currency()) && draft.billingCadence.equals(request.billingCadence());
            Uni<?> changed = hasItsTerms
                    ? updatePlan.update(namespace, draft.id, update(request))
                    : delete(namespace, draft).chain(() -> createPlan.create(namespace, request));
            return changed.replaceWithVoid();
        });
    }

    private Uni<Void> delete(String namespace, PlanRow draft) {
        return deletePlan.delete(namespace, draft.id).chain(plans::flush).replaceWithVoid();
    }

    private CreatePlanRequest request(ObjectNode wanted) {
        ObjectNode body = wanted.deepCopy();
        body.remove("status");
        return json.convertValue(body, CreatePlanRequest.class);
    }

    private static UpdatePlanRequest update(CreatePlanRequest request) {
        return new UpdatePlanRequest(
                request.name(), request.description(), request.labels(), request.proRatingEnabled(), request.phases());
    }

    @Override
    public Uni<Void> remove(String namespace, ObjectNode present) {
        String key = present.path("key").asText();
        return isDraft(present)
                ? plans.draft(namespace, key).chain(row -> deletePlan.delete(namespace, row.id))
                : plans.lockOpen(namespace, key)
                        .chain(row -> archivePlan.archive(namespace, row.id))
                        .replaceWithVoid();
    }
}
