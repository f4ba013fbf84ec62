package io.usance.ingestion.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An event in the list.
 *
 * @param event the CloudEvent: as it came, with the time that it counts at if it came without
 * @param customer whose usage it is; null if it is nobody's
 * @param validationErrors why it does not count, or not for every meter of its type; null if there is no reason
 */
record IngestedEventView(
        @JsonRawValue String event,
        CustomerReference customer,
        Instant ingestedAt,
        Instant storedAt,
        List<Fault> validationErrors) {

    record CustomerReference(String id) {}

    /**
     * @param code for programs
     * @param attributes what the message speaks of, for programs
     */
    record Fault(String code, String message, Map<String, String> attributes) {}
}
