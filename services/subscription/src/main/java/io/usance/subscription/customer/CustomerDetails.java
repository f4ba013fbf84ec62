package io.usance.subscription.customer;

import io.usance.contracts.subscription.Address;
import io.usance.kernel.money.Currency;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a caller says of a customer and can change later: everything but the key. */
interface CustomerDetails {
    int SUBJECT_KEYS_MAX = 1_000;

    /** In UTF-8: as many as an event's subject may have, and as fit into an entry of an index. */
    int SUBJECT_KEY_BYTES_MAX = 1_024;

    /** As RFC 5321 allows: 64 characters, an at sign, 255 characters. */
    int EMAIL_LENGTH_MAX = 320;

    int ADDRESS_LINE_LENGTH_MAX = 256;

    String name();

    String description();

    Map<String, String> labels();

    UsageAttribution usageAttribution();

    String primaryEmail();

    String currency();

    Address billingAddress();

    /** Never null. */
    default List<String> subjectKeys() {
        return Optional.ofNullable(usageAttribution())
                .orElse(UsageAttribution.NONE)
                .subjectKeys();
    }

    /** Refuses with every fault that the schema cannot express. */
    default void requireValid() {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", labels()));
        checkSubjectKeys(faults);
        checkLength("primary_email", primaryEmail(), EMAIL_LENGTH_MAX, faults);
        if (currency() != null && Currency.tryIso(currency()).isEmpty()) {
            faults.add(InvalidParameter.body("currency", "invalid", "is not a currency code of ISO 4217"));
        }
        checkAddress(faults);
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private void checkSubjectKeys(List<InvalidParameter> faults) {
        List<String> keys = subjectKeys();
        if (keys.size() > SUBJECT_KEYS_MAX) {
            faults.add(InvalidParameter.body(
                            "usage_attribution.subject_keys",
                            "max_items",
                            "must have at most " + SUBJECT_KEYS_MAX + " items")
                    .withMaximum(SUBJECT_KEYS_MAX));
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).getBytes(StandardCharsets.UTF_8).length > SUBJECT_KEY_BYTES_MAX) {
                faults.add(InvalidParameter.body(
                                "usage_attribution.subject_keys[" + i + "]",
                                "max_length",
                                "must have at most " + SUBJECT_KEY_BYTES_MAX + " bytes in UTF-8")
                        .withMaximum(SUBJECT_KEY_BYTES_MAX));
            }
        }
    }

    private void checkAddress(List<InvalidParameter> faults) {
        Address address = billingAddress();
        if (address != null) {
            checkLength("billing_address.postal_code", address.postalCode(), ADDRESS_LINE_LENGTH_MAX, faults);
            checkLength("billing_address.state", address.state(), ADDRESS_LINE_LENGTH_MAX, faults);
            checkLength("billing_address.city", address.city(), ADDRESS_LINE_LENGTH_MAX, faults);
            checkLength("billing_address.line1", address.line1(), ADDRESS_LINE_LENGTH_MAX, faults);
            checkLength("billing_address.line2", address.line2(), ADDRESS_LINE_LENGTH_MAX, faults);
            checkLength("billing_address.phone_number", address.phoneNumber(), ADDRESS_LINE_LENGTH_MAX, faults);
        }
    }

    private static void checkLength(String field, String text, int maximum, List<InvalidParameter> faults) {
        if (text != null && text.length() > maximum) {
            faults.add(InvalidParameter.body(field, "max_length", "must have at most " + maximum + " characters")
                    .withMaximum(maximum));
        }
    }
}
