package io.usance.catalog.addon;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;

/** Rate cards as JSON. */
@Converter
class RateCardsColumn extends JsonColumn<List<RateCard>> {
    RateCardsColumn() {
        super(new TypeReference<>() {});
    }
}
