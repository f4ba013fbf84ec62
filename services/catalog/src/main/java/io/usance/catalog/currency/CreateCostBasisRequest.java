package io.usance.catalog.currency;

import io.usance.runtime.wire.WireSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * @param rate what a unit is worth in the fiat currency
 * @param effectiveFrom null for now; to the microsecond, which is what the database keeps, as the end
 * @param effectiveTo exclusive; null for until there is another one
 */
@WireSchema("CreateCostBasisRequest")
record CreateCostBasisRequest(String fiatCode, BigDecimal rate, Instant effectiveFrom, Instant effectiveTo) {
    CreateCostBasisRequest {
        effectiveFrom = effectiveFrom == null ? null : effectiveFrom.truncatedTo(ChronoUnit.MICROS);
        effectiveTo = effectiveTo == null ? null : effectiveTo.truncatedTo(ChronoUnit.MICROS);
    }
}
