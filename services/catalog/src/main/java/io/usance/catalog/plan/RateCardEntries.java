package io.usance.catalog.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.tax.KnownTaxCode;
import io.usance.catalog.tax.TaxCodeLookup;
import io.usance.contracts.catalog.RateCard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;

/** Rate cards as a catalog document has them: what they refer to by key. */
@ApplicationScoped
public class RateCardEntries {
    @Inject
    FeatureLookup features;

    @Inject
    TaxCodeLookup taxCodes;

    /** Keys of what is not archived or deleted, by id. */
    public record Keys(Map<String, String> ofFeatures, Map<String, String> ofTaxCodes) {
        /** Names what {@code cards} refer to by key; what has none stays as it is. */
        public void putInto(JsonNode cards) {
            for (JsonNode card : cards) {
                putKey(card, "feature", ofFeatures);
                putKey(card.path("tax_config"), "code", ofTaxCodes);
            }
        }

        private static void putKey(JsonNode owner, String reference, Map<String, String> keys) {
            String key = keys.get(owner.path(reference).path("id").asText());
            if (key != null) {
                ((ObjectNode) owner).putObject(reference).put("key", key);
            }
        }
    }

    /** The keys of what rate cards name. */
    public Uni<Keys> keys(String namespace, RateCardReferences.Named named) {
        return features.byIds(namespace, named.featureIds())
                .chain(known -> taxCodes.byIds(namespace, named.taxCodeIds())
                        .map(codes -> new Keys(
                                known.stream()
                                        .filter(feature -> !feature.isArchived())
                                        .collect(Collectors.toMap(KnownFeature::id, KnownFeature::key)),
                                codes.stream()
                                        .filter(code -> !code.isDeleted())
                                        .collect(Collectors.toMap(KnownTaxCode::id, KnownTaxCode::key)))));
    }

    /** Writes out what {@code cards} may leave out. */
    public static void complete(JsonNode cards) {
        for (JsonNode card : cards) {
            if (!card.hasNonNull("payment_term")) {
                ((ObjectNode) card).put("payment_term", RateCard.IN_ARREARS);
            }
            if (card.path("labels").isEmpty()) {
                ((ObjectNode) card).remove("labels");
            }
        }
    }
}
