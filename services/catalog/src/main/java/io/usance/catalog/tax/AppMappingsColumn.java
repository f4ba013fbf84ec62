package io.usance.catalog.tax;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;

/** What the apps call a tax code, as JSON. */
@Converter
class AppMappingsColumn extends JsonColumn<List<AppMapping>> {
    AppMappingsColumn() {
        super(new TypeReference<>() {});
    }
}
