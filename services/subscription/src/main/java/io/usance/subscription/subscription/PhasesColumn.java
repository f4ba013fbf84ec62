package io.usance.subscription.subscription;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;
import org.hibernate.annotations.Immutable;

@Converter
@Immutable
class PhasesColumn extends JsonColumn<List<PlannedPhase>> {
    PhasesColumn() {
        super(new TypeReference<>() {});
    }
}
