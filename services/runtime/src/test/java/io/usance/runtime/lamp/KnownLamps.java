package io.usance.runtime.lamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.testkit.Database;
import java.util.List;

/** What the consumer has made of the events of one tenant. */
public record KnownLamps(String namespace) {
    public String color(String id) {
        return value("color", id);
    }

    /** How often an event of the lamp has had an effect. */
    public int taken(String id) {
        return Integer.parseInt(value("taken", id));
    }

    public String traceId(String id) {
        return value("trace_id", id);
    }

    private String value(String column, String id) {
        List<String> found = Database.column(
                "select " + column + " from runtime.known_lamp where namespace = ? and id = ?", namespace, id);
        assertThat(found).as("known lamp " + id).hasSize(1);
        return found.getFirst();
    }
}
