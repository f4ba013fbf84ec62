package io.usance.invoicing.preview;

import io.usance.contracts.subscription.Customer;
import io.usance.invoicing.preview.model.PreviewedLine;
import io.usance.invoicing.profile.BillingProfile;
import io.usance.kernel.money.Currency;
import io.usance.kernel.price.Totals;
import io.usance.kernel.time.Period;
import java.time.Instant;
import java.util.List;

/**
 * An invoice as it would be now.
 *
 * @param asOf usage up to here is counted
 * @param lines may be empty
 * @param billing the billing period that it is for
 * @param servicePeriod from the start of the first line's service to the end of the last one's
 */
record InvoicePreview(
        Customer customer,
        BillingProfile profile,
        Currency currency,
        Instant asOf,
        Period billing,
        Period servicePeriod,
        List<PreviewedLine> lines) {

    Totals totals() {
        return Totals.sum(lines.stream().map(line -> line.rated().totals()).toList(), currency);
    }
}
