package io.usance.kernel.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usance.kernel.price.UnitConversion.Operation;
import io.usance.kernel.price.UnitConversion.Rounding;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitConversionTest {
    @ParameterizedTest
    @CsvSource({
        "DIVIDE, 1000000000, NONE, 0, 1500000001, 1.500000001", "DIVIDE, 20, CEILING, 0, 0, 0",
                "DIVIDE, 20, CEILING, 0, 20, 1",
        "DIVIDE, 20, CEILING, 0, 20.1, 2", "DIVIDE, 20, FLOOR, 0, 39.9, 1", "DIVIDE, 20, HALF_UP, 0, 30, 2",
        "DIVIDE, 20, HALF_UP, 0, 29.9, 1", "DIVIDE, 3, HALF_UP, 2, 2, 0.67", "DIVIDE, 3, CEILING, 2, 1, 0.34",
        "MULTIPLY, 1.2, NONE, 0, 10, 12.0", "MULTIPLY, 1.25, CEILING, 1, 0.1, 0.2", "MULTIPLY, 1.25, FLOOR, 1, 0.1, 0.1"
    })
    void it_converts_and_then_rounds(
            Operation operation,
            BigDecimal factor,
            Rounding rounding,
            int precision,
            BigDecimal quantity,
            BigDecimal converted) {
        assertThat(new UnitConversion(operation, factor, rounding, precision).convert(quantity))
                .isEqualByComparingTo(converted);
    }

    @Test
    void a_quotient_is_not_rounded_twice() {
        BigDecimal justUnder = new BigDecimal("0.49999999999999999999999999999999999999999999999999");
        BigDecimal justOver = new BigDecimal("1.00000000000000000000000000000000000000000000000001");
        BigDecimal almostOne = new BigDecimal("0.99999999999999999999999999999999999999999999999999");

        assertThat(byOne(Rounding.HALF_UP).convert(justUnder)).isEqualByComparingTo("0");
        assertThat(byOne(Rounding.CEILING).convert(justOver)).isEqualByComparingTo("2");
        assertThat(byOne(Rounding.FLOOR).convert(almostOne)).isEqualByComparingTo("0");
    }

    private static UnitConversion byOne(Rounding rounding) {
        return new UnitConversion(Operation.DIVIDE, BigDecimal.ONE, rounding, 0);
    }

    @Test
    void a_quotient_without_an_end_has_34_digits_after_the_point() {
        assertThat(new UnitConversion(Operation.DIVIDE, new BigDecimal("3"), Rounding.NONE, 0).convert(BigDecimal.ONE))
                .isEqualTo("0." + "3".repeat(UnitConversion.DIVISION_SCALE));
    }

    @Test
    void the_factor_is_positive_and_the_precision_bounded() {
        assertRefused(BigDecimal.ZERO, 0);
        assertRefused(new BigDecimal("-1"), 0);
        assertRefused(BigDecimal.ONE, -1);
        assertRefused(BigDecimal.ONE, UnitConversion.PRECISION_MAX + 1);
    }

    @Test
    void the_bounds_of_the_precision_are_allowed() {
        for (int precision : new int[] {0, UnitConversion.PRECISION_MAX}) {
            assertThat(new UnitConversion(Operation.DIVIDE, BigDecimal.ONE, Rounding.FLOOR, precision).precision())
                    .isEqualTo(precision);
        }
    }

    private static void assertRefused(BigDecimal factor, int precision) {
        assertThatThrownBy(() -> new UnitConversion(Operation.DIVIDE, factor, Rounding.NONE, precision))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
