package io.usance.catalog.tax;

import io.usance.runtime.problem.InvalidParameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a tax code is called by an app. */
record AppMapping(AppType appType, String taxCode) {
    /** One for each app. */
    static final int MAPPINGS_MAX = AppType.values().length;

    /** What is wrong with the {@code app_mappings} of a request. */
    static List<InvalidParameter> faults(List<AppMapping> mappings) {
        List<InvalidParameter> faults = new ArrayList<>();
        if (mappings.size() > MAPPINGS_MAX) {
            faults.add(InvalidParameter.body("app_mappings", "max_items", "must have at most one item for each app")
                    .withMaximum(MAPPINGS_MAX));
            return faults;
        }
        Set<AppType> seen = EnumSet.noneOf(AppType.class);
        for (int i = 0; i < mappings.size(); i++) {
            AppMapping mapping = mappings.get(i);
            String path = "app_mappings[" + i + "]";
            if (!seen.add(mapping.appType())) {
                faults.add(InvalidParameter.body(
                        path + ".app_type",
                        "invalid",
                        "must be another app: an item before this one is for %s already"
                                .formatted(mapping.appType().wireName())));
            }
            mapping.appType()
                    .refusal(mapping.taxCode())
                    .ifPresent(
                            reason -> faults.add(InvalidParameter.body(path + ".tax_code", "matches_regex", reason)));
        }
        return faults;
    }
}
