package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Takes the phases of a request: within the limits, and with features named by key replaced by their ids. */
@ApplicationScoped
class PhaseIntake {
    static final int PHASES_MAX = 50;

    /** Over all phases of a plan. */
    static final int RATE_CARDS_MAX = 1_000;

    @Inject
    RateCardIntake rateCards;

    /**
     * Every fault in form that the schema cannot express.
     *
     * @param labels of the plan itself
     */
    static void refuseMalformed(Map<String, String> labels, List<PlanPhase> phases) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", labels));
        int rateCards =
                phases.stream().mapToInt(phase -> phase.rateCards().size()).sum();
        if (phases.size() > PHASES_MAX) {
            faults.add(InvalidParameter.body("phases", "max_items", "must have at most " + PHASES_MAX + " items")
                    .withMaximum(PHASES_MAX));
        } else if (rateCards > RATE_CARDS_MAX) {
            faults.add(InvalidParameter.body(
                            "phases", "max_items", "must have at most " + RATE_CARDS_MAX + " rate cards in all")
                    .withMaximum(RATE_CARDS_MAX));
        } else {
            for (int i = 0; i < phases.size(); i++) {
                faults.addAll(
                        Labels.faults("phases[" + i + "].labels", phases.get(i).labels()));
                faults.addAll(RateCardIntake.faults(group(phases, i)));
            }
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    /** Fails with 400 when a key names no living feature. */
    Uni<List<PlanPhase>> resolve(String namespace, List<PlanPhase> phases) {
        List<RateCardIntake.Group> groups = IntStream.range(0, phases.size())
                .mapToObj(i -> group(phases, i))
                .toList();
        return rateCards
                .resolve(namespace, groups)
                .map(resolved -> IntStream.range(0, phases.size())
                        .mapToObj(i -> withRateCards(phases.get(i), resolved.get(i)))
                        .toList());
    }

    private static RateCardIntake.Group group(List<PlanPhase> phases, int index) {
        return new RateCardIntake.Group(
                "phases[" + index + "].rate_cards", phases.get(index).rateCards());
    }

    private static PlanPhase withRateCards(PlanPhase phase, List<RateCard> cards) {
        return new PlanPhase(phase.key(), phase.name(), phase.description(), phase.labels(), phase.duration(), cards);
    }
}
