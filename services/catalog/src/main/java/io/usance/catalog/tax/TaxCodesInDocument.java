package io.usance.catalog.tax;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.document.CatalogPart;
import io.usance.catalog.document.Entries;
import io.usance.catalog.document.Section;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** A tenant's own tax codes as the catalog document lists them. */
@ApplicationScoped
class TaxCodesInDocument implements CatalogPart {
    @Inject
    TaxCodeRepository taxCodes;

    @Inject
    CreateTaxCode createTaxCode;

    @Inject
    UpsertTaxCode upsertTaxCode;

    @Inject
    DeleteTaxCode deleteTaxCode;

    @Inject
    ObjectMapper json;

    @Override
    public Section section() {
        return Section.TAX_CODES;
    }

    @Override
    public Uni<List<ObjectNode>> export(String namespace) {
        return taxCodes.own(namespace)
                .map(rows -> rows.stream()
                        .map(row -> complete(json.valueToTree(TaxCodeView.of(row))))
                        .toList());
    }

    @Override
    public ObjectNode complete(ObjectNode entry) {
        return Entries.of(entry);
    }

    @Override
    public Uni<Void> create(String namespace, ObjectNode wanted) {
        return createTaxCode
                .create(namespace, json.convertValue(wanted, CreateTaxCodeRequest.class))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> change(String namespace, ObjectNode present, ObjectNode wanted) {
        ObjectNode body = wanted.deepCopy();
        body.remove("key");
        UpsertTaxCodeRequest request = json.convertValue(body, UpsertTaxCodeRequest.class);
        return taxCodes.own(namespace, name(present))
                .chain(row -> upsertTaxCode.upsert(namespace, row.id, request))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(String namespace, ObjectNode present) {
        return taxCodes.own(namespace, name(present)).chain(row -> deleteTaxCode.delete(namespace, row.id));
    }
}
