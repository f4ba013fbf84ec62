package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.llm.LlmPrices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Shows features with what their units cost now, as far as the features alone decide it, in the caller's session. */
@ApplicationScoped
class FeatureViews {
    @Inject
    LlmPrices prices;

    @Inject
    Clock clock;

    Uni<FeatureView> of(FeatureRow row) {
        return of(row.namespace, List.of(row)).map(List::getFirst);
    }

    Uni<List<FeatureView>> of(String namespace, List<FeatureRow> rows) {
        List<JsonNode> fixed = rows.stream()
                .map(row -> row.unitCost)
                .filter(UnitCosts::isFixed)
                .toList();
        if (fixed.isEmpty()) {
            return Uni.createFrom()
                    .item(rows.stream()
                            .map(row -> FeatureView.of(row, row.unitCost))
                            .toList());
        }
        Instant now = clock.instant();
        return prices.history(namespace, UnitCosts.providers(fixed), UnitCosts.models(fixed))
                .map(history -> rows.stream()
                        .map(row -> FeatureView.of(row, UnitCosts.resolved(row.unitCost, history, now)))
                        .toList());
    }
}
