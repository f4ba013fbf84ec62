package io.usance.ingestion.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Map;

/**
 * What a meter would make of events.
 *
 * @param faults what keeps the meter itself from counting anything, by field
 */
record MeterCheckResult(List<Tried> events, List<Fault> faults) {

    /**
     * @param event the CloudEvent; null when only data was given
     * @param value what it adds to the meter, null when it does not count
     * @param dimensions by name, those without a value left out
     * @param code why it does not count, for programs
     * @param message the same for people
     */
    record Tried(
            @JsonRawValue String event,
            boolean counted,
            String value,
            Map<String, String> dimensions,
            String code,
            String message) {}

    record Fault(String field, String message) {}
}
