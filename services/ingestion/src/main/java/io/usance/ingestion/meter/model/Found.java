package io.usance.ingestion.meter.model;

import java.math.BigDecimal;

/** What a path into an event's data leads to. */
public sealed interface Found {

    /** A number, with the digits that were sent. */
    record Number(BigDecimal value) implements Found {}

    record Text(String value) implements Found {}

    record Truth(boolean value) implements Found {}

    /** Something that is no single value. */
    enum Other implements Found {
        /** There is nothing at the path. */
        MISSING("is missing"),
        NULL("is null"),
        /** An object or an array, or several values because the path has wildcards. */
        COMPOSITE("is an object or an array");

        private final String clause;

        Other(String clause) {
            this.clause = clause;
        }

        String clause() {
            return clause;
        }
    }

    /** As the value of a dimension: what is missing, null or no single value is the empty text. */
    default String asDimension() {
        return switch (this) {
            case Number number -> number.value().toPlainString();
            case Text text -> text.value();
            case Truth truth -> String.valueOf(truth.value());
            case Other other -> "";
        };
    }
}
