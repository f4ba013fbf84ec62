package io.usance.catalog.meter;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** Who refers to a meter. A meter does not know its users; whoever refers to meters implements this. */
public interface MeterUsers {
    /** The living users of a meter, in the transaction that holds its lock. */
    Uni<List<MeterUser>> of(String namespace, String meterId);

    /**
     * @param name for a person, e.g. {@code feature agent_runs}
     * @param dimensions those that the user cannot do without
     */
    record MeterUser(String name, Set<String> dimensions) {}
}
