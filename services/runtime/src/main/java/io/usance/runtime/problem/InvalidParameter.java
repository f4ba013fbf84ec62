package io.usance.runtime.problem;

import java.util.List;

/**
 * One thing that is wrong with a request.
 *
 * @param field where: a path into the body such as {@code phases[0].rate_cards[1].price.amount}, or a parameter's name
 * @param rule which rule was broken, e.g. {@code required}; see docs/reference/problems.md
 * @param reason what is wrong and what would be right, for a person
 * @param source {@code body}, {@code query}, {@code path} or {@code header}
 * @param choices the allowed values, with rule {@code enum} only
 * @param minimum the bound, with rules {@code min*} only
 * @param maximum the bound, with rules {@code max*} only
 * @param dependents the fields that go together, with rule {@code dependent_fields} only
 */
public record InvalidParameter(
        String field,
        String rule,
        String reason,
        String source,
        List<String> choices,
        Integer minimum,
        Integer maximum,
        List<String> dependents) {

    public static InvalidParameter body(String field, String rule, String reason) {
        return new InvalidParameter(field, rule, reason, "body", null, null, null, null);
    }

    public static InvalidParameter query(String field, String rule, String reason) {
        return new InvalidParameter(field, rule, reason, "query", null, null, null, null);
    }

    public static InvalidParameter path(String field, String rule, String reason) {
        return new InvalidParameter(field, rule, reason, "path", null, null, null, null);
    }

    public static InvalidParameter header(String field, String rule, String reason) {
        return new InvalidParameter(field, rule, reason, "header", null, null, null, null);
    }

    public InvalidParameter withChoices(List<String> allowed) {
        return new InvalidParameter(field, rule, reason, source, allowed, minimum, maximum, dependents);
    }

    public InvalidParameter withMinimum(int bound) {
        return new InvalidParameter(field, rule, reason, source, choices, bound, maximum, dependents);
    }

    public InvalidParameter withMaximum(int bound) {
        return new InvalidParameter(field, rule, reason, source, choices, minimum, bound, dependents);
    }

    public InvalidParameter withDependents(List<String> together) {
        return new InvalidParameter(field, rule, reason, source, choices, minimum, maximum, together);
    }

    InvalidParameter within(String path) {
        return new InvalidParameter(path + "." + field, rule, reason, source, choices, minimum, maximum, dependents);
    }
}
