package io.usance.subscription.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.catalog.Plan;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import org.hibernate.annotations.Immutable;

@Converter
@Immutable
class PlanColumn extends JsonColumn<Plan> {
    PlanColumn() {
        super(new TypeReference<>() {});
    }
}
