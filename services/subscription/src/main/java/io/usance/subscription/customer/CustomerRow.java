package io.usance.subscription.customer;

import io.usance.contracts.subscription.Address;
import io.usance.contracts.subscription.Customer;
import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** A customer, also a deleted one. Changed under a lock on its row. */
@Entity
@Table(name = "customer")
class CustomerRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String key;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    @Convert(converter = SubjectKeysColumn.class)
    List<String> subjectKeys;

    String primaryEmail;
    String currency;

    /** Whether a priced subscription has set the currency. */
    boolean currencyFixed;

    @Convert(converter = AddressColumn.class)
    Address billingAddress;

    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    /** Counts the changes; the event that tells of a change carries it. */
    long sequence;

    static CustomerRow create(String namespace, String id, String key, CustomerDetails details, Instant now) {
        CustomerRow row = new CustomerRow();
        row.namespace = namespace;
        row.id = id;
        row.key = key;
        row.createdAt = now;
        row.describe(details);
        row.currency = details.currency();
        row.changed(now);
        return row;
    }

    /** Takes over everything that a caller can change; a currency that a priced subscription has set stays. */
    void update(CustomerDetails details, Instant now) {
        describe(details);
        if (!currencyFixed) {
            currency = details.currency();
        }
        changed(now);
    }

    /** Sets the currency once and for all; whether that changed what others see. */
    boolean fixCurrency(String fixed, Instant now) {
        boolean changes = currency == null;
        currency = fixed;
        currencyFixed = true;
        if (changes) {
            changed(now);
        }
        return changes;
    }

    void delete(Instant now) {
        deletedAt = now;
        changed(now);
    }

    boolean isDeleted() {
        return deletedAt != null;
    }

    Customer toContract() {
        return new Customer(id, key, name, subjectKeys, currency, billingAddress);
    }

    private void describe(CustomerDetails details) {
        name = details.name();
        description = details.description();
        labels = details.labels();
        subjectKeys = details.subjectKeys();
        primaryEmail = details.primaryEmail();
        billingAddress = details.billingAddress();
    }

    private void changed(Instant now) {
        updatedAt = now;
        sequence++;
    }
}
