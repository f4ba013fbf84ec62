package io.usance.catalog.addon.model;

import io.usance.contracts.catalog.PlanPhase;
import java.util.List;

/** What an add-on has to know of the plan that it is sold on top of. */
public record PlanTerms(String currency, String billingCadence, List<PlanPhase> phases) {}
