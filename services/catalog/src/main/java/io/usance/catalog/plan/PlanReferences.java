package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.currency.CurrencyLookup;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.plan.model.FeatureState;
import io.usance.catalog.plan.model.References;
import io.usance.catalog.plan.model.TaxCodeState;
import io.usance.catalog.tax.KnownTaxCode;
import io.usance.catalog.tax.TaxCodeLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks up what plans refer to, in the caller's session. */
@ApplicationScoped
class PlanReferences {
    @Inject
    FeatureLookup features;

    @Inject
    TaxCodeLookup taxCodes;

    @Inject
    CurrencyLookup currencies;

    /** What there is of what plans refer to. */
    record Found(List<KnownFeature> features, List<KnownTaxCode> taxCodes, Set<String> customCurrencies) {
        References states() {
            return new References(
                    features.stream()
                            .collect(Collectors.toMap(
                                    KnownFeature::id,
                                    feature -> new FeatureState(
                                            feature.key(), feature.feature().meter() != null, feature.isArchived()))),
                    taxCodes.stream()
                            .collect(Collectors.toMap(
                                    KnownTaxCode::id, code -> new TaxCodeState(code.key(), code.isDeleted()))),
                    customCurrencies);
        }
    }

    Uni<Found> of(String namespace, List<PlanRow> rows) {
        return features.byIds(namespace, all(rows, PlanRow::featureIds))
                .chain(known -> taxCodes.byIds(namespace, all(rows, PlanRow::taxCodeIds))
                        .chain(codes -> found(namespace, rows, known, codes)));
    }

    /** As {@link #of}, and nothing of it is archived or deleted before the caller's transaction ends. */
    Uni<Found> hold(PlanRow row) {
        return features.holdByIds(row.namespace, row.featureIds())
                .chain(known -> taxCodes.holdByIds(row.namespace, row.taxCodeIds())
                        .chain(codes -> found(row.namespace, List.of(row), known, codes)));
    }

    private Uni<Found> found(String namespace, List<PlanRow> rows, List<KnownFeature> known, List<KnownTaxCode> codes) {
        return currencies
                .customAmong(namespace, all(rows, PlanRow::currencyCodes))
                .map(custom -> new Found(known, codes, custom));
    }

    private static Set<String> all(List<PlanRow> rows, Function<PlanRow, Set<String>> references) {
        return rows.stream().flatMap(row -> references.apply(row).stream()).collect(Collectors.toSet());
    }
}
