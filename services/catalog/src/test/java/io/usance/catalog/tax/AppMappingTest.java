package io.usance.catalog.tax;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.runtime.problem.InvalidParameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppMappingTest {
    @Test
    void a_code_of_stripe_has_eight_digits() {
        assertThat(faults(AppType.STRIPE, "txcd_10103001")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "txcd_1",
                "txcd_1010300",
                "txcd_101030011",
                "TXCD_10103001",
                "txcd_1010300a",
                "txcd_10103001\n",
                "txcd_١٠١٠٣٠٠١"
            })
    void anything_else_is_no_code_of_stripe(String code) {
        assertThat(faults(AppType.STRIPE, code)).singleElement().satisfies(fault -> {
            assertThat(fault.field()).isEqualTo("app_mappings[0].tax_code");
            assertThat(fault.rule()).isEqualTo("matches_regex");
        });
    }

    @Test
    void codes_of_other_apps_are_bounded_only() {
        for (AppType app : List.of(AppType.SANDBOX, AppType.EXTERNAL_INVOICING)) {
            assertThat(faults(app, "any thing\n")).isEmpty();
            assertThat(faults(app, "a".repeat(64))).isEmpty();
            assertThat(faults(app, "a".repeat(65))).hasSize(1);
            assertThat(faults(app, "")).hasSize(1);
        }
    }

    private static List<InvalidParameter> faults(AppType app, String code) {
        return AppMapping.faults(List.of(new AppMapping(app, code)));
    }
}
