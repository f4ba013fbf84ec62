package io.usance.runtime.list;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a filter compares. */
public enum Operator {
    EQ,
    NEQ,
    /** Any of a comma-separated list. */
    OEQ,
    /** Contains, ignoring case. */
    CONTAINS,
    /** Contains any of a comma-separated list, ignoring case. */
    OCONTAINS,
    LT,
    LTE,
    GT,
    GTE,
    /** Has a value: {@code true} or {@code false}. */
    EXISTS;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesList() {
        return this == OEQ || this == OCONTAINS;
    }

    static Optional<Operator> parse(String text) {
        return Arrays.stream(values())
                .filter(operator -> operator.wireName().equals(text))
                .findFirst();
    }
}
