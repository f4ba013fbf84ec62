package io.usance.catalog.currency;

import io.usance.runtime.list.Condition;
import io.usance.runtime.list.Operator;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a currency comes from. */
enum CurrencyType {
    /** ISO 4217. */
    FIAT,
    /** The tenant. */
    CUSTOM;

    private static final List<String> NAMES =
            Stream.of(values()).map(CurrencyType::wireName).toList();

    /** Those that a filter lets through. Fails with 400 when it names another one. */
    static Set<CurrencyType> wanted(Condition filter) {
        if (!NAMES.containsAll(filter.values())) {
            throw Problems.invalid(InvalidParameter.query("filter[type]", "enum", "takes " + NAMES)
                    .withChoices(NAMES));
        }
        boolean isExcluding = filter.operator() == Operator.NEQ;
        return Stream.of(values())
                .filter(type -> filter.values().contains(type.wireName()) != isExcluding)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CurrencyType.class)));
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
