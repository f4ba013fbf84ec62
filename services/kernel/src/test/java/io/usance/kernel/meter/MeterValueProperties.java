package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MeterValueProperties {
    private static final BigInteger LIMIT =
            BigInteger.TEN.pow(MeterValue.PRECISION_MAX).subtract(BigInteger.ONE);

    @Property(tries = 500)
    void a_number_comes_back_however_it_was_written(
            @ForAll("unscaled") BigInteger unscaled, @ForAll @IntRange(min = -20, max = 60) int scale) {
        BigDecimal number = new BigDecimal(unscaled, scale);

        assertThat(MeterValue.parse(number.toPlainString()).orElseThrow()).isEqualByComparingTo(number);
        assertThat(MeterValue.parse(number.toString()).orElseThrow()).isEqualByComparingTo(number);
    }

    @Property(tries = 2_000)
    void every_text_is_either_taken_or_refused_with_a_reason(@ForAll("texts") String text) {
        assertThat(MeterValue.parse(text).isPresent())
                .isEqualTo(MeterValue.refusal(text).isEmpty());
    }

    @Provide
    Arbitrary<BigInteger> unscaled() {
        return Arbitraries.bigIntegers().between(LIMIT.negate(), LIMIT);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789+-.eE ,_xNa").ofMaxLength(12), Arbitraries.strings());
    }
}
