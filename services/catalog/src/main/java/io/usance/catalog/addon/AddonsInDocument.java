package io.usance.catalog.addon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.addon.model.AddonStatus;
import io.usance.catalog.document.CatalogPart;
import io.usance.catalog.document.Entries;
import io.usance.catalog.document.Section;
import io.usance.catalog.plan.RateCardEntries;
import io.usance.catalog.plan.RateCardReferences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Add-ons as the catalog document lists them: of each key the version in force and the draft, if there are such. A version in
 * force that differs gets a successor.
 */
@ApplicationScoped
class AddonsInDocument implements CatalogPart {
    private static final String ACTIVE = AddonStatus.ACTIVE.wireName();
    private static final String DRAFT = AddonStatus.DRAFT.wireName();
    private static final String RATE_CARDS = "rate_cards";

    /** What is there only in answers. */
    private static final Set<String> READ_ONLY =
            Set.of("version", "effective_from", "effective_to", "validation_errors");

    @Inject
    AddonRepository addons;

    @Inject
    RateCardEntries rateCards;

    @Inject
    CreateAddon createAddon;

    @Inject
    PublishAddon publishAddon;

    @Inject
    ArchiveAddon archiveAddon;

    @Inject
    DeleteAddon deleteAddon;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    @Override
    public Section section() {
        return Section.ADDONS;
    }

    @Override
    public Uni<List<ObjectNode>> export(String namespace) {
        return addons.openAndDrafts(namespace, clock.instant()).chain(rows -> entries(namespace, rows));
    }

    private Uni<List<ObjectNode>> entries(String namespace, List<AddonRow> rows) {
        Instant now = clock.instant();
        return rateCards
                .keys(
                        namespace,
                        RateCardReferences.Named.all(
                                rows.stream().map(AddonRow::named).toList()))
                .map(keys -> rows.stream().map(row -> entry(row, keys, now)).toList());
    }

    private ObjectNode entry(AddonRow row, RateCardEntries.Keys keys, Instant now) {
        ObjectNode entry = Entries.of(json.valueToTree(AddonView.of(row, List.of(), now)));
        entry.remove(READ_ONLY);
        keys.putInto(entry.path(RATE_CARDS));
        return complete(entry);
    }

    @Override
    public ObjectNode complete(ObjectNode entry) {
        ObjectNode complete = Entries.of(entry);
        if (!complete.hasNonNull("status")) {
            complete.put("status", ACTIVE);
        }
        RateCardEntries.complete(complete.path(RATE_CARDS));
        return complete;
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
                ? addons.draft(namespace, key(wanted))
                        .chain(draft -> delete(namespace, draft))
                        .chain(() -> draft(namespace, wanted))
                        .replaceWithVoid()
                : putInForce(namespace, wanted);
    }

    private Uni<String> draft(String namespace, ObjectNode wanted) {
        ObjectNode body = wanted.deepCopy();
        body.remove("status");
        return createAddon
                .create(namespace, json.convertValue(body, CreateAddonRequest.class))
                .map(AddonView::id);
    }

    /** An add-on has one draft, which is what is published: one that there is makes way, and comes back as the version after. */
    private Uni<Void> putInForce(String namespace, ObjectNode wanted) {
        return addons.draft(namespace, key(wanted))
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
                .chain(id -> publishAddon.publish(namespace, id))
                .replaceWithVoid();
    }

    private Uni<Void> delete(String namespace, AddonRow draft) {
        return deleteAddon.delete(namespace, draft.id).chain(addons::flush);
    }

    @Override
    public Uni<Void> remove(String namespace, ObjectNode present) {
        return isDraft(present)
                ? addons.draft(namespace, key(present)).chain(draft -> deleteAddon.delete(namespace, draft.id))
                : addons.lockOpen(namespace, key(present))
                        .chain(row -> archiveAddon.archive(namespace, row.id))
                        .replaceWithVoid();
    }
}
