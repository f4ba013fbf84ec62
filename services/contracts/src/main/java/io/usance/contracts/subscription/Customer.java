package io.usance.contracts.subscription;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who pays.
 *
 * @param id ULID
 * @param key the caller's own name for the customer, unique per namespace among the living
 * @param subjectKeys event subjects whose usage is this customer's, besides {@code key} and {@code id}; may be empty
 * @param currency ISO 4217, null until the first priced subscription sets it
 */
public record Customer(
        String id, String key, String name, List<String> subjectKeys, String currency, Address billingAddress) {
    public Customer {
        subjectKeys = subjectKeys == null ? List.of() : List.copyOf(subjectKeys);
    }

    /** Every event subject that is this customer's: its key, its id and its subject keys, each once. */
    public List<String> subjects() {
        return Stream.concat(Stream.of(key, id), subjectKeys.stream())
                .distinct()
                .toList();
    }
}
