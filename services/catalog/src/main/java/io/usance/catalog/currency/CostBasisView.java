package io.usance.catalog.currency;

import java.math.BigDecimal;
import java.time.Instant;

/** A cost basis as it is sent. */
record CostBasisView(
        String id, String fiatCode, BigDecimal rate, Instant effectiveFrom, Instant effectiveTo, Instant createdAt) {
    static CostBasisView of(CostBasisRow row) {
        return new CostBasisView(row.id, row.fiatCode, row.rate, row.effectiveFrom, row.effectiveTo, row.createdAt);
    }
}
