package io.usance.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.usance.kernel.price.Terms;
import io.usance.kernel.price.UnitConversion;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * The price and the entitlement of a feature, or a fee without one, in the wire's form.
 *
 * @param key unique in its phase; the feature's key when there is a feature
 * @param feature null for a flat fee that belongs to no feature
 * @param currency null for the plan's
 * @param billingCadence ISO-8601 duration; null for a one-time flat fee
 * @param paymentTerm {@code in_arrears} or {@code in_advance}; the latter for flat prices only
 */
public record RateCard(
        String key,
        String name,
        String description,
        Map<String, String> labels,
        FeatureReference feature,
        String currency,
        String billingCadence,
        RateCardPrice price,
        UnitConfig unitConfig,
        String paymentTerm,
        Commitments commitments,
        Discounts discounts,
        TaxConfig taxConfig,
        Entitlement entitlement) {
    public static final String IN_ARREARS = "in_arrears";
    public static final String IN_ADVANCE = "in_advance";

    public RateCard {
        paymentTerm = paymentTerm == null ? IN_ARREARS : paymentTerm;
    }

    /** Id of the tax code, null when it names none. */
    public String taxCodeId() {
        return taxConfig == null || taxConfig.code() == null
                ? null
                : taxConfig.code().id();
    }

    /**
     * What changes the price's amount, as something that rates.
     *
     * @throws IllegalArgumentException saying which rule for conversion, discounts or commitments is broken
     */
    public Terms terms() {
        return new Terms(
                unitConfig == null ? null : unitConfig.toConversion(),
                discounts == null ? null : discounts.usage(),
                discounts == null ? null : discounts.percentage(),
                commitments == null ? null : commitments.minimumAmount(),
                commitments == null ? null : commitments.maximumAmount());
    }

    /**
     * Conversion of metered units before rating.
     *
     * @param operation {@code divide} or {@code multiply}
     * @param conversionFactor greater than 0
     * @param rounding {@code none} (null), {@code ceiling}, {@code floor}, {@code half_up}
     * @param precision digits after the point that rounding keeps, 0 when null
     */
    public record UnitConfig(
            String operation, BigDecimal conversionFactor, String rounding, Integer precision, String displayUnit) {
        /** @throws IllegalArgumentException saying which rule is broken */
        public UnitConversion toConversion() {
            return new UnitConversion(
                    UnitConversion.Operation.valueOf(operation.toUpperCase(Locale.ROOT)),
                    conversionFactor,
                    rounding == null
                            ? UnitConversion.Rounding.NONE
                            : UnitConversion.Rounding.valueOf(rounding.toUpperCase(Locale.ROOT)),
                    precision == null ? 0 : precision);
        }
    }

    /** Bounds on what a period costs, in the rate card's currency; null for no bound. */
    public record Commitments(BigDecimal minimumAmount, BigDecimal maximumAmount) {}

    /**
     * @param percentage 0 to 100, a number on the wire
     * @param usage units that are free in each period
     */
    public record Discounts(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) BigDecimal percentage, BigDecimal usage) {}

    /** @param behavior {@code inclusive}, {@code exclusive} or null */
    public record TaxConfig(String behavior, TaxCodeReference code) {
        /** A tax code by its ULID. */
        /**
         * A tax code by its ULID.
         *
         * @param key in requests, instead of the id; null everywhere else
         */
        public record TaxCodeReference(String id, String key) {
            public TaxCodeReference(String id) {
                this(id, null);
            }
        }
    }

    /** What a subscriber may do with the feature. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = BooleanEntitlement.class, name = "boolean"),
        @JsonSubTypes.Type(value = StaticEntitlement.class, name = "static"),
        @JsonSubTypes.Type(value = MeteredEntitlement.class, name = "metered")
    })
    public sealed interface Entitlement {}

    /** Access while subscribed. */
    public record BooleanEntitlement() implements Entitlement {}

    /** Access with a configuration, a JSON object. */
    public record StaticEntitlement(JsonNode config) implements Entitlement {}

    /**
     * Access up to a limit per usage period.
     *
     * @param limit in meter units, a number on the wire
     * @param usagePeriod ISO-8601 duration; null for the rate card's cadence
     */
    public record MeteredEntitlement(
            Boolean isSoftLimit,
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) BigDecimal limit,
            String usagePeriod) implements Entitlement {}
}
