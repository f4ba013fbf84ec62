package io.usance.catalog.ratecard;

import io.usance.contracts.catalog.RateCard;
import io.usance.kernel.price.Piece;
import io.usance.runtime.wire.WireSchema;
import java.math.BigDecimal;

/**
 * A rate card, and the usage that it is to price.
 *
 * @param quantity units metered in this part of a service period
 * @param previousQuantity units metered in the period before this part; null for none
 * @param previouslyBilled what earlier bills of the period came to; null for what they should have come to
 * @param isFirst whether this is the period's first bill; null if nothing says that there was another
 * @param isLast whether the period ends with this part; null for true
 */
@WireSchema("RateCardPreviewRequest")
record RateCardPreviewRequest(
        String currency,
        RateCard rateCard,
        BigDecimal quantity,
        BigDecimal previousQuantity,
        BigDecimal previouslyBilled,
        Boolean isFirst,
        Boolean isLast) {

    RateCardPreviewRequest {
        isFirst = isFirst == null ? previousQuantity == null && previouslyBilled == null : isFirst;
        isLast = isLast == null || isLast;
    }

    Piece piece() {
        BigDecimal before = previousQuantity == null ? BigDecimal.ZERO : previousQuantity;
        return new Piece(isFirst ? null : before, before.add(quantity), isLast);
    }
}
