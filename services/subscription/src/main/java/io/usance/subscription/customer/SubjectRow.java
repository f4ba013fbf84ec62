package io.usance.subscription.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A name under which a living customer's usage arrives. Written by statements only. */
@Entity
@Table(name = "customer_subject")
@IdClass(SubjectRow.Key.class)
class SubjectRow {
    @Id
    String namespace;

    @Id
    String subject;

    String customerId;

    /** Whether it is among the subject keys, not only the key or the id. */
    boolean isSubjectKey;

    record Key(String namespace, String subject) {}
}
