package io.usance.subscription.subscription;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.catalog.Feature;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;
import org.hibernate.annotations.Immutable;

@Converter
@Immutable
class FeaturesColumn extends JsonColumn<List<Feature>> {
    FeaturesColumn() {
        super(new TypeReference<>() {});
    }
}
