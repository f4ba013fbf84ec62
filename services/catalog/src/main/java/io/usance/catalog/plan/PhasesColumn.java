package io.usance.catalog.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;

/** Phases with their rate cards, as JSON. */
@Converter
class PhasesColumn extends JsonColumn<List<PlanPhase>> {
    PhasesColumn() {
        super(new TypeReference<>() {});
    }
}
