package io.usance.runtime.database;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Converter;
import java.util.Map;

/** A map of text to text, such as labels, as JSON. */
@Converter
public class LabelsColumn extends JsonColumn<Map<String, String>> {
    public LabelsColumn() {
        super(new TypeReference<>() {});
    }
}
