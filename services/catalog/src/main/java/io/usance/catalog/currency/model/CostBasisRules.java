package io.usance.catalog.currency.model;

import io.usance.catalog.model.Violation;
import io.usance.kernel.money.Currency;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a cost basis must keep. Those of one currency in one fiat currency stand one after the other: each is added at the end
 * and starts after the start of the one before it, which ends there at the latest. So at any time one is in force at most.
 */
public final class CostBasisRules {
    /** Most digits of a rate before the point, and after it. */
    public static final int RATE_DIGITS_MAX = 18;

    /**
     * Every rule that a new cost basis breaks.
     *
     * @param effectiveFrom inclusive; null for {@code now}
     * @param effectiveTo exclusive; null for until there is another one
     * @param lastFrom when the last one that there is in the same fiat currency starts, null when there is none
     */
    public static List<Violation> violations(
            String fiatCode,
            BigDecimal rate,
            Instant effectiveFrom,
            Instant effectiveTo,
            Instant now,
            Instant lastFrom) {
        List<Violation> violations = new ArrayList<>();
        Instant from = effectiveFrom == null ? now : effectiveFrom;
        if (Currency.tryIso(fiatCode).isEmpty()) {
            violations.add(new Violation("currency_not_found", "there is no currency " + fiatCode, "fiat_code"));
        }
        if (rate.signum() <= 0) {
            violations.add(new Violation("cost_basis_rate_invalid", "must be greater than 0", "rate"));
        } else if (rate.precision() - rate.scale() > RATE_DIGITS_MAX || rate.scale() > RATE_DIGITS_MAX) {
            violations.add(new Violation(
                    "cost_basis_rate_invalid",
                    "must have at most %1$d digits before the point and %1$d after it".formatted(RATE_DIGITS_MAX),
                    "rate"));
        }
        if (effectiveFrom != null && !effectiveFrom.isAfter(now)) {
            violations.add(new Violation(
                    "cost_basis_starts_in_the_past",
                    "must be in the future; leave it out to start now",
                    "effective_from"));
        } else if (lastFrom != null && !from.isAfter(lastFrom)) {
            violations.add(new Violation(
                    "cost_basis_starts_before_another",
                    "must be after %s, when the last cost basis in %s starts: they are added one after the other"
                            .formatted(lastFrom, fiatCode),
                    "effective_from",
                    Map.of("last_effective_from", lastFrom)));
        }
        if (effectiveTo != null && !effectiveTo.isAfter(from)) {
            violations.add(new Violation(
                    "cost_basis_ends_before_it_starts",
                    "must be after its start, %s; leave it out to let it last until the next one".formatted(from),
                    "effective_to"));
        }
        return violations;
    }

    private CostBasisRules() {}
}
