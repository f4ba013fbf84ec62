package io.usance.catalog.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes a tenant's catalog down. */
@ApplicationScoped
class ExportCatalog {
    @Inject
    @All
    List<CatalogPart> parts;

    @WithTransaction
    Uni<CatalogDocument> export(String namespace) {
        Map<Section, List<ObjectNode>> lists = new EnumMap<>(Section.class);
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(
                        part -> part.export(namespace).invoke(entries -> lists.put(part.section(), entries)))
                .onItem()
                .ignoreAsUni()
                .map(done -> new CatalogDocument(
                        CatalogDocument.VERSION,
                        lists.get(Section.TAX_CODES),
                        lists.get(Section.METERS),
                        lists.get(Section.FEATURES),
                        lists.get(Section.ADDONS),
                        lists.get(Section.PLANS)));
    }
}
