package io.usance.catalog.addon;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.addon.model.AddonRules;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.RateCardReferences;
import io.usance.catalog.plan.model.References;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Shows add-ons with what stands in the way of publishing them, in the caller's session. */
@ApplicationScoped
class AddonViews {
    @Inject
    RateCardReferences references;

    @Inject
    Clock clock;

    Uni<AddonView> of(AddonRow row) {
        return of(row.namespace, List.of(row)).map(List::getFirst);
    }

    Uni<List<AddonView>> of(String namespace, List<AddonRow> rows) {
        Instant now = clock.instant();
        List<RateCardReferences.Named> named = rows.stream()
                .filter(row -> row.status(now).canBeChanged())
                .map(AddonRow::named)
                .toList();
        return references
                .find(namespace, RateCardReferences.Named.all(named))
                .map(RateCardReferences.Found::states)
                .map(known -> rows.stream().map(row -> view(row, known, now)).toList());
    }

    private static AddonView view(AddonRow row, References known, Instant now) {
        return AddonView.of(row, row.status(now).canBeChanged() ? violations(row, known, now) : List.of(), now);
    }

    /** @param known at least what the add-on refers to, as far as it exists */
    static List<Violation> violations(AddonRow row, References known, Instant now) {
        return AddonRules.violations(row.toTerms(now), known);
    }
}
