package io.usance.ingestion.meter.model;

import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.MeterValue;
import java.math.BigDecimal;
import java.util.Optional;

/** What an event gives to a meter: a value, or the reason why there is none. The event is stored either way. */
public sealed interface EventValue {

    /**
     * @param number null unless the aggregation is one of numbers
     * @param text null unless different values are counted
     */
    record Usable(BigDecimal number, String text) implements EventValue {}

    /**
     * @param code for programs
     * @param clause for people, e.g. {@code is missing}
     */
    record Refused(String code, String clause) implements EventValue {}

    /** There is no single value at the meter's value property. */
    String MISSING = "meter_value_missing";

    /** There is a value, but the aggregation cannot take it. */
    String INVALID = "meter_value_invalid";

    Usable NO_VALUE_NEEDED = new Usable(null, null);

    /** The word that producers without a value send by accident; it is no value to count. */
    String WRITTEN_NULL = "null";

    /** Reads what was found at the value property of a meter of {@code aggregation}. */
    static EventValue of(MeterAggregation aggregation, Found found) {
        return switch (aggregation) {
            case COUNT -> NO_VALUE_NEEDED;
            case UNIQUE_COUNT -> text(found);
            case SUM, AVG, MIN, MAX, LATEST -> number(found);
        };
    }

    private static EventValue text(Found found) {
        if (found instanceof Found.Other other) {
            return new Refused(MISSING, other.clause());
        }
        String text = found.asDimension();
        return text.isEmpty() || text.equals(WRITTEN_NULL)
                ? new Refused(INVALID, text.isEmpty() ? "is blank" : "is the word null")
                : new Usable(null, text);
    }

    private static EventValue number(Found found) {
        return switch (found) {
            case Found.Number number -> usable(MeterValue.bounded(number.value()), "has too many digits");
            case Found.Text text ->
                usable(
                        MeterValue.parse(text.value()),
                        MeterValue.refusal(text.value()).orElse(""));
            case Found.Truth truth -> new Refused(INVALID, "is not a number");
            case Found.Other other -> new Refused(MISSING, other.clause());
        };
    }

    private static EventValue usable(Optional<BigDecimal> number, String refusal) {
        return number.<EventValue>map(value -> new Usable(value, null)).orElseGet(() -> new Refused(INVALID, refusal));
    }
}
