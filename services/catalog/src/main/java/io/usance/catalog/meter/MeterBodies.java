package io.usance.catalog.meter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Bodies that are to create a meter some day. */
@ApplicationScoped
public class MeterBodies {
    @Inject
    ObjectMapper json;

    /**
     * Fails with the problem that creating the meter would fail with, whatever other meters there are.
     *
     * @param meter valid by the schema of a meter's creation
     */
    public void refuseBad(JsonNode meter) {
        CreateMeter.refuse(json.convertValue(meter, CreateMeterRequest.class));
    }
}
