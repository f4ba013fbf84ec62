package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.model.Violation;
import io.usance.catalog.tax.KnownTaxCode;
import io.usance.catalog.tax.TaxCodeLookup;
import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCard.TaxConfig;
import io.usance.contracts.catalog.RateCard.TaxConfig.TaxCodeReference;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes the rate cards of a request, with features and tax codes named by key replaced by their ids. */
@ApplicationScoped
public class RateCardIntake {
    @Inject
    FeatureLookup features;

    @Inject
    TaxCodeLookup taxCodes;

    /**
     * Rate cards that stand together.
     *
     * @param path into the body, e.g. {@code phases[0].rate_cards}
     */
    public record Group(String path, List<RateCard> cards) {
        String pathOf(int index) {
            return path + "[" + index + "]";
        }
    }

    /** Every fault in form that the schema cannot express. */
    public static List<InvalidParameter> faults(Group group) {
        List<InvalidParameter> faults = new ArrayList<>();
        for (int i = 0; i < group.cards().size(); i++) {
            faults.addAll(Labels.faults(
                    group.pathOf(i) + ".labels", group.cards().get(i).labels()));
        }
        return faults;
    }

    /** The rate cards of each group, in their order; fails with 400 when a key names nothing that lives. */
    public Uni<List<List<RateCard>>> resolve(String namespace, List<Group> groups) {
        return features.byKeys(namespace, named(groups, RateCardIntake::featureKey))
                .map(known -> known.stream().collect(Collectors.toMap(KnownFeature::key, KnownFeature::id)))
                .chain(features -> taxCodes.byKeys(namespace, named(groups, RateCardIntake::taxCodeKey))
                        .map(known -> known.stream().collect(Collectors.toMap(KnownTaxCode::key, KnownTaxCode::id)))
                        .map(taxCodes -> resolve(groups, features, taxCodes)));
    }

    private static Set<String> named(List<Group> groups, Function<RateCard, String> key) {
        return groups.stream()
                .flatMap(group -> group.cards().stream())
                .map(key)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static List<List<RateCard>> resolve(
            List<Group> groups, Map<String, String> featureIds, Map<String, String> taxCodeIds) {
        List<Violation> violations = new ArrayList<>();
        for (Group group : groups) {
            for (int i = 0; i < group.cards().size(); i++) {
                String path = group.pathOf(i);
                String feature = featureKey(group.cards().get(i));
                if (feature != null && !featureIds.containsKey(feature)) {
                    violations.add(new Violation(
                            "rate_card_feature_not_found",
                            "there is no feature with key " + feature,
                            path + ".feature.key"));
                }
                String taxCode = taxCodeKey(group.cards().get(i));
                if (taxCode != null && !taxCodeIds.containsKey(taxCode)) {
                    violations.add(new Violation(
                            "rate_card_tax_code_not_found",
                            "there is no tax code with key " + taxCode,
                            path + ".tax_config.code.key"));
                }
            }
        }
        Refusal.unless(violations);
        return groups.stream()
                .map(group -> group.cards().stream()
                        .map(card -> withIds(card, featureIds, taxCodeIds))
                        .toList())
                .toList();
    }

    /** Null unless the card names its feature by key. */
    private static String featureKey(RateCard card) {
        return card.feature() == null ? null : card.feature().key();
    }

    /** Null unless the card names its tax code by key. */
    private static String taxCodeKey(RateCard card) {
        TaxConfig tax = card.taxConfig();
        return tax == null || tax.code() == null ? null : tax.code().key();
    }

    private static RateCard withIds(RateCard card, Map<String, String> featureIds, Map<String, String> taxCodeIds) {
        String featureKey = featureKey(card);
        String taxCodeKey = taxCodeKey(card);
        return new RateCard(
                card.key(),
                card.name(),
                card.description(),
                card.labels(),
                featureKey == null ? card.feature() : new FeatureReference(featureIds.get(featureKey)),
                card.currency(),
                card.billingCadence(),
                card.price(),
                card.unitConfig(),
                card.paymentTerm(),
                card.commitments(),
                card.discounts(),
                taxCodeKey == null
                        ? card.taxConfig()
                        : new TaxConfig(card.taxConfig().behavior(), new TaxCodeReference(taxCodeIds.get(taxCodeKey))),
                card.entitlement());
    }
}
