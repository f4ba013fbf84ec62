package io.usance.catalog.access;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;

/** Role ids as a JSON array. */
@Converter
class RolesColumn extends JsonColumn<List<String>> {
    RolesColumn() {
        super(new TypeReference<>() {});
    }
}
