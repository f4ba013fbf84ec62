package io.usance.catalog.tax;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;

/** Tax codes, a tenant's own and those that every tenant has, for whoever refers to them, in the caller's session. */
@ApplicationScoped
public class TaxCodeLookup {
    @Inject
    TaxCodeRepository taxCodes;

    /** Those with these ids that there are, deleted ones too. */
    public Uni<List<KnownTaxCode>> byIds(String namespace, Collection<String> ids) {
        return taxCodes.byIds(namespace, ids).map(TaxCodeLookup::known);
    }

    /** As {@link #byIds}, and none of them is deleted before the caller's transaction ends. */
    public Uni<List<KnownTaxCode>> holdByIds(String namespace, Collection<String> ids) {
        return taxCodes.holdByIds(namespace, ids).map(TaxCodeLookup::known);
    }

    /** The living ones with these keys. */
    public Uni<List<KnownTaxCode>> byKeys(String namespace, Collection<String> keys) {
        return taxCodes.byKeys(namespace, keys).map(TaxCodeLookup::known);
    }

    private static List<KnownTaxCode> known(List<TaxCodeRow> rows) {
        return rows.stream().map(KnownTaxCode::of).toList();
    }
}
