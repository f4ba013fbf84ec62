package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.document.CatalogPart;
import io.usance.catalog.document.Entries;
import io.usance.catalog.document.Section;
import io.usance.catalog.document.model.Difference;
import io.usance.catalog.meter.MeterLookup;
import io.usance.catalog.model.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Features as the catalog document lists them, with their meters by key. Only what a unit costs us ever changes. */
@ApplicationScoped
class FeaturesInDocument implements CatalogPart {
    private static final String UNIT_COST = "unit_cost";

    @Inject
    FeatureRepository features;

    @Inject
    MeterLookup meters;

    @Inject
    CreateFeature createFeature;

    @Inject
    UpdateFeature updateFeature;

    @Inject
    ArchiveFeature archiveFeature;

    @Inject
    ObjectMapper json;

    @Override
    public Section section() {
        return Section.FEATURES;
    }

    @Override
    public Uni<List<ObjectNode>> export(String namespace) {
        return features.living(namespace)
                .chain(rows -> meters.keys(
                                namespace,
                                rows.stream()
                                        .map(row -> row.meterId)
                                        .filter(Objects::nonNull)
                                        .collect(Collectors.toSet()))
                        .map(keys -> rows.stream().map(row -> entry(row, keys)).toList()));
    }

    private ObjectNode entry(FeatureRow row, Map<String, String> meterKeys) {
        ObjectNode entry = Entries.of(json.valueToTree(FeatureView.of(row, row.unitCost)));
        if (entry.get("meter") instanceof ObjectNode meter) {
            meter.remove("id");
            ObjectNode byKey = json.createObjectNode().put("key", meterKeys.get(row.meterId));
            entry.set("meter", byKey.setAll(meter));
        }
        return entry;
    }

    @Override
    public ObjectNode complete(ObjectNode entry) {
        return Entries.of(entry);
    }

    @Override
    public Uni<Void> create(String namespace, ObjectNode wanted) {
        return createFeature
                .create(namespace, json.convertValue(wanted, CreateFeatureRequest.class))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> change(String namespace, ObjectNode present, ObjectNode wanted) {
        List<Violation> fixed = Difference.between(present, wanted).stream()
                .filter(difference -> !Entries.property(difference).equals(UNIT_COST))
                .map(difference -> new Violation(
                        "feature_immutable",
                        "%s of feature %s cannot change, because plans and subscriptions have it: make another feature with its own"
                                        .formatted(difference.field(), name(present))
                                + " key",
                        difference.field()))
                .toList();
        Refusal.unless(fixed);
        UpdateFeatureRequest request =
                new UpdateFeatureRequest(wanted.has(UNIT_COST) ? wanted.get(UNIT_COST) : NullNode.getInstance());
        return features.living(namespace, name(present))
                .chain(row -> updateFeature.update(namespace, row.id, request))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(String namespace, ObjectNode present) {
        return features.living(namespace, name(present)).chain(row -> archiveFeature.archive(namespace, row.id));
    }
}
