package io.usance.catalog.meter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.document.CatalogPart;
import io.usance.catalog.document.Entries;
import io.usance.catalog.document.Section;
import io.usance.catalog.document.model.Difference;
import io.usance.catalog.model.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** Meters as the catalog document lists them. What a meter counts never changes. */
@ApplicationScoped
class MetersInDocument implements CatalogPart {
    private static final Set<String> CHANGEABLE = Set.of("name", "description", "labels", "dimensions");

    @Inject
    MeterRepository meters;

    @Inject
    CreateMeter createMeter;

    @Inject
    UpdateMeter updateMeter;

    @Inject
    DeleteMeter deleteMeter;

    @Inject
    ObjectMapper json;

    @Override
    public Section section() {
        return Section.METERS;
    }

    @Override
    public Uni<List<ObjectNode>> export(String namespace) {
        return meters.all(namespace)
                .map(rows -> rows.stream()
                        .map(row -> Entries.of(json.valueToTree(MeterView.of(row))))
                        .toList());
    }

    @Override
    public ObjectNode complete(ObjectNode entry) {
        return Entries.of(entry);
    }

    @Override
    public Uni<Void> create(String namespace, ObjectNode wanted) {
        return createMeter
                .create(namespace, json.convertValue(wanted, CreateMeterRequest.class))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> change(String namespace, ObjectNode present, ObjectNode wanted) {
        List<Violation> fixed = Difference.between(present, wanted).stream()
                .filter(difference -> !CHANGEABLE.contains(Entries.property(difference)))
                .map(difference -> new Violation(
                        "meter_immutable",
                        "%s of meter %s cannot change, because its totals are made by it: make another meter with its own key"
                                .formatted(difference.field(), name(present)),
                        difference.field()))
                .toList();
        Refusal.unless(fixed);
        return updateMeter.replace(namespace, name(present), json.convertValue(wanted, UpdateMeter.Changeable.class));
    }

    @Override
    public Uni<Void> remove(String namespace, ObjectNode present) {
        return meters.holdByKey(namespace, name(present)).chain(row -> deleteMeter.delete(namespace, row.id));
    }
}
