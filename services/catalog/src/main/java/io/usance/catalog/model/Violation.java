package io.usance.catalog.model;

import java.util.Map;

/**
 * A rule of the catalog that something does not keep.
 *
 * @param code stable, for programs
 * @param message for a person: what is wrong and the way out
 * @param field path into the body or the resource, e.g. {@code phases[0].rate_cards[1].price}
 * @param attributes further facts, may be empty
 */
public record Violation(String code, String message, String field, Map<String, Object> attributes) {
    public Violation(String code, String message, String field) {
        this(code, message, field, Map.of());
    }
}
