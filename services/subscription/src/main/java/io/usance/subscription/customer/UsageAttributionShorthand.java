package io.usance.subscription.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.runtime.wire.WireShorthand;

/** Takes {@code usageAttribution.subjectKeys}, as guides of the hosted product write it. */
public final class UsageAttributionShorthand implements WireShorthand {
    @Override
    public JsonNode expand(JsonNode body) {
        rename(body, "usageAttribution", "usage_attribution");
        rename(body.path("usage_attribution"), "subjectKeys", "subject_keys");
        return body;
    }

    /** Leaves both where both are given: then the camel-case one is unknown, and the check says so. */
    private static void rename(JsonNode node, String from, String to) {
        if (node instanceof ObjectNode object && object.has(from) && !object.has(to)) {
            object.set(to, object.remove(from));
        }
    }
}
