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
import io.usance.contracts.catalog.RateCard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks up what rate cards refer to, in the caller's session. */
@ApplicationScoped
public class RateCardReferences {
    @Inject
    FeatureLookup features;

    @Inject
    TaxCodeLookup taxCodes;

    @Inject
    CurrencyLookup currencies;

    /** What rate cards name, each once: ids of features and tax codes, codes of currencies. */
    public record Named(Set<String> featureIds, Set<String> taxCodeIds, Set<String> currencyCodes) {
        /** @param currency of the plan or add-on that the rate cards are in */
        public static Named in(String currency, Collection<RateCard> cards) {
            Set<String> currencies = named(cards, RateCard::currency);
            currencies.add(currency);
            return new Named(
                    named(
                            cards,
                            card -> card.feature() == null
                                    ? null
                                    : card.feature().id()),
                    named(cards, RateCard::taxCodeId),
                    currencies);
        }

        /** What any of {@code parts} names. */
        public static Named all(Collection<Named> parts) {
            return new Named(
                    union(parts, Named::featureIds),
                    union(parts, Named::taxCodeIds),
                    union(parts, Named::currencyCodes));
        }

        private static Set<String> named(Collection<RateCard> cards, Function<RateCard, String> name) {
            return cards.stream().map(name).filter(Objects::nonNull).collect(Collectors.toCollection(HashSet::new));
        }

        private static Set<String> union(Collection<Named> parts, Function<Named, Set<String>> of) {
            return parts.stream().map(of).flatMap(Set::stream).collect(Collectors.toSet());
        }
    }

    /** What there is of what rate cards name. */
    public record Found(List<KnownFeature> features, List<KnownTaxCode> taxCodes, Set<String> customCurrencies) {
        /** As the rules of rate cards want it. */
        public References states() {
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

    public Uni<Found> find(String namespace, Named named) {
        return features.byIds(namespace, named.featureIds())
                .chain(known -> taxCodes.byIds(namespace, named.taxCodeIds())
                        .chain(codes -> found(namespace, named, known, codes)));
    }

    /** As {@link #find}, and nothing of it is archived or deleted before the caller's transaction ends. */
    public Uni<Found> hold(String namespace, Named named) {
        return features.holdByIds(namespace, named.featureIds())
                .chain(known -> taxCodes.holdByIds(namespace, named.taxCodeIds())
                        .chain(codes -> found(namespace, named, known, codes)));
    }

    private Uni<Found> found(String namespace, Named named, List<KnownFeature> known, List<KnownTaxCode> codes) {
        return currencies.customAmong(namespace, named.currencyCodes()).map(custom -> new Found(known, codes, custom));
    }
}
