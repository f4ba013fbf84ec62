package io.usance.ingestion.usage;

import io.usance.ingestion.customer.KnownCustomer;
import io.usance.ingestion.total.CatchUp;
import io.usance.ingestion.usage.model.UsageRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a question about usage.
 *
 * @param rows in order
 * @param customers by id, those that the rows name
 * @param catchUp how far the meter is from having complete totals; empty if it has them
 */
record UsageTable(
        UsageQuery query, List<UsageRow> rows, Map<String, KnownCustomer> customers, Optional<CatchUp> catchUp) {}
