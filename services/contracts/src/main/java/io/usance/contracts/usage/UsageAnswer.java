package io.usance.contracts.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Ingestion's answer to a {@link UsageQuestion}.
 *
 * @param asOf every event stored by then is counted
 * @param quantities one for each line of the question, in its order; 0 where there is no usage
 */
public record UsageAnswer(Instant asOf, List<BigDecimal> quantities) {}
