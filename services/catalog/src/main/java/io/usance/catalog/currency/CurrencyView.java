package io.usance.catalog.currency;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** A currency as it is sent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CurrencyView.Fiat.class, name = "fiat"),
    @JsonSubTypes.Type(value = CurrencyView.Custom.class, name = "custom")
})
sealed interface CurrencyView {
    String code();

    String name();

    /** One of ISO 4217, as it is written in English. */
    record Fiat(String code, String name, String symbol, int precision, String decimalMark, String thousandSeparator)
            implements CurrencyView {
        static Fiat of(Currency currency) {
            String symbol = currency.getSymbol(Locale.US);
            return new Fiat(
                    currency.getCurrencyCode(),
                    currency.getDisplayName(Locale.US),
                    symbol.equals(currency.getCurrencyCode()) ? null : symbol,
                    currency.getDefaultFractionDigits(),
                    ".",
                    ",");
        }
    }

    /**
     * One of the tenant's own.
     *
     * @param costBasis those in force, null when they were not asked for
     */
    record Custom(
            String id,
            String code,
            String name,
            String symbol,
            int precision,
            String decimalMark,
            String thousandSeparator,
            Instant createdAt,
            List<CostBasisView> costBasis)
            implements CurrencyView {
        static Custom of(CustomCurrencyRow row) {
            return new Custom(
                    row.id,
                    row.code,
                    row.name,
                    row.symbol,
                    row.precision,
                    row.decimalMark,
                    row.thousandSeparator,
                    row.createdAt,
                    null);
        }

        Custom with(List<CostBasisView> inForce) {
            return new Custom(id, code, name, symbol, precision, decimalMark, thousandSeparator, createdAt, inForce);
        }
    }
}
