package io.usance.subscription.customer;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.List;

@Converter
class SubjectKeysColumn extends JsonColumn<List<String>> {
    SubjectKeysColumn() {
        super(new TypeReference<>() {});
    }
}
