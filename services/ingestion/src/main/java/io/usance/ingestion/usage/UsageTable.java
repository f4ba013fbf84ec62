package io.usance.ingestion.usage;

import io.usance.ingestion.customer.KnownCustomer;
import io.usance.ingestion.usage.model.UsageRow;
import java.util.List;
import java.util.Map;

/**
 * The answer to a question about usage.
 *
 * @param rows in order
 * @param customers by id, those that the rows name
 */
record UsageTable(UsageQuery query, List<UsageRow> rows, Map<String, KnownCustomer> customers) {}
