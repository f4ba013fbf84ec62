package io.usance.runtime.list;

import io.quarkus.panache.common.Parameters;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Conditions of a list as HQL with named parameters. */
final class Criteria {
    private final StringBuilder hql = new StringBuilder();
    private final Map<String, Object> given;
    private final Parameters bound = new Parameters();
    private int next;

    Criteria(String base, Map<String, Object> given) {
        hql.append(base);
        this.given = given;
    }

    Criteria and(ListSpec spec, List<Condition> conditions) {
        for (Condition condition : conditions) {
            String expression = spec.expression(condition.field());
            if (expression == null) {
                throw new IllegalStateException("the filter on " + condition.field() + " was left unapplied");
            }
            String any = spec.conditionOfAny(condition.field());
            hql.append(" and ")
                    .append(any == null ? comparison(expression, condition) : anyOf(any, expression, condition));
        }
        return this;
    }

    Criteria and(String comparison) {
        hql.append(" and ").append(comparison);
        return this;
    }

    String orderedBy(ListSpec spec, List<SortOrder> sort, String tieBreak) {
        String orders = sort.stream()
                .map(order -> spec.sortExpression(order.field()) + (order.descending() ? " desc" : " asc"))
                .collect(Collectors.joining(", "));
        return hql + " order by " + orders + ", " + tieBreak;
    }

    String hql() {
        return hql.toString();
    }

    /** The values of the names in the HQL; what was given for a name that did not come up is left out. */
    Parameters parameters() {
        Parameters parameters = new Parameters();
        bound.map().forEach(parameters::and);
        given.forEach((name, value) -> {
            if (Pattern.compile(":" + name + "\\b").matcher(hql).find()) {
                parameters.and(name, value);
            }
        });
        return parameters;
    }

    String bind(Object value) {
        String name = "listed" + next++;
        bound.and(name, value);
        return ":" + name;
    }

    private String anyOf(String any, String expression, Condition condition) {
        return switch (condition.operator()) {
            case NEQ -> "not " + any.formatted(expression + " = " + bind(condition.value()));
            case EXISTS ->
                (Boolean.TRUE.equals(condition.value()) ? "" : "not ") + any.formatted(expression + " is not null");
            case EQ, OEQ, CONTAINS, OCONTAINS, LT, LTE, GT, GTE -> any.formatted(comparison(expression, condition));
        };
    }

    private String comparison(String expression, Condition condition) {
        return switch (condition.operator()) {
            case EQ -> expression + " = " + bind(condition.value());
            case NEQ -> "(" + expression + " is null or " + expression + " <> " + bind(condition.value()) + ")";
            case OEQ -> expression + " in (" + bind(condition.values()) + ")";
            case LT -> expression + " < " + bind(condition.value());
            case LTE -> expression + " <= " + bind(condition.value());
            case GT -> expression + " > " + bind(condition.value());
            case GTE -> expression + " >= " + bind(condition.value());
            case CONTAINS, OCONTAINS ->
                condition.values().stream()
                        .map(value -> "lower(" + expression + ") like lower(" + bind(containing((String) value))
                                + ") escape '\\'")
                        .collect(Collectors.joining(" or ", "(", ")"));
            case EXISTS -> expression + (Boolean.TRUE.equals(condition.value()) ? " is not null" : " is null");
        };
    }

    private static String containing(String text) {
        String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + literal + "%";
    }
}
