package io.usance.catalog.tax;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Who cannot do without a tax code. A tax code does not know its users; whoever refers to tax codes implements this. */
public interface TaxCodeUsers {
    /**
     * The users that stand in the way of deleting a tax code, for a person, e.g. {@code plan premium version 2}, in the
     * transaction that holds the tax code's lock.
     */
    Uni<List<String>> of(String namespace, String taxCodeId);
}
