package io.usance.catalog.addon;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.RateCardIntake;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes the rate cards of a request: within the limits, and with features named by key replaced by their ids. */
@ApplicationScoped
class AddonIntake {
    static final int RATE_CARDS_MAX = 100;

    private static final String RATE_CARDS = "rate_cards";

    @Inject
    RateCardIntake rateCards;

    /**
     * Every fault in form that the schema cannot express.
     *
     * @param labels of the add-on itself
     */
    static void refuseMalformed(Map<String, String> labels, List<RateCard> cards) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", labels));
        if (cards.size() > RATE_CARDS_MAX) {
            faults.add(InvalidParameter.body(RATE_CARDS, "max_items", "must have at most " + RATE_CARDS_MAX + " items")
                    .withMaximum(RATE_CARDS_MAX));
        } else {
            faults.addAll(RateCardIntake.faults(new RateCardIntake.Group(RATE_CARDS, cards)));
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    /** Fails with 400 when a key names no living feature. */
    Uni<List<RateCard>> resolve(String namespace, List<RateCard> cards) {
        return rateCards
                .resolve(namespace, List.of(new RateCardIntake.Group(RATE_CARDS, cards)))
                .map(List::getFirst);
    }
}
