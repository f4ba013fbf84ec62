package io.usance.local.chaos;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An event as a producer writes it, with what a reader must make of it.
 *
 * @param occurredAt null if it does not say: then it happened when it was received
 * @param writtenAbroad whether its time is written with another offset than UTC's
 */
record SentEvent(
        String source,
        String id,
        String type,
        String subject,
        Instant occurredAt,
        boolean writtenAbroad,
        Amount amount,
        Word model,
        Word region,
        Word user) {
    private static final ZoneOffset ABROAD = ZoneOffset.ofHoursMinutes(5, 30);

    /**
     * @param json null if it is left out
     * @param number null if it is none that can be aggregated
     */
    record Amount(String json, BigDecimal number) {}

    /**
     * @param json null if it is left out
     * @param text as the value of a dimension; empty if there is none
     */
    record Word(String json, String text) {}

    /** The same with a time. */
    SentEvent at(Instant time) {
        return new SentEvent(source, id, type, subject, time, writtenAbroad, amount, model, region, user);
    }

    /** The CloudEvent. */
    String json() {
        StringBuilder text = new StringBuilder(320);
        text.append("{\"specversion\":\"1.0\",\"id\":\"").append(id);
        text.append("\",\"source\":\"").append(source);
        text.append("\",\"type\":\"").append(type);
        text.append("\",\"subject\":\"").append(subject);
        if (occurredAt != null) {
            text.append("\",\"time\":\"").append(time());
        }
        text.append("\",\"data\":{\"note\":\"chaos\"");
        field(text, "amount", amount.json());
        field(text, "model", model.json());
        field(text, "user", user.json());
        text.append(",\"where\":{\"depth\":2");
        field(text, "region", region.json());
        return text.append("}}}").toString();
    }

    private static void field(StringBuilder text, String name, String json) {
        if (json != null) {
            text.append(",\"").append(name).append("\": ").append(json);
        }
    }

    private String time() {
        return writtenAbroad
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(occurredAt.atOffset(ABROAD))
                : occurredAt.toString();
    }
}
