package io.usance.ingestion.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.JsonSafety;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the CloudEvents of one request, in one pass and without building a tree. Every fault of every event is found, up to
 * {@value #FAULTS_MAX}; each event's own text is kept to the byte, so that no digit and no order of keys is lost.
 *
 * <p>Used once.
 */
final class EventReader {
    /** Most bytes of an id, a source, a type or a subject in UTF-8: two of them must fit into an entry of an index. */
    static final int ATTRIBUTE_BYTES_MAX = 1_024;

    /** What an event may have; the first {@value #ATTRIBUTES_REQUIRED} it must have. */
    private static final List<String> ATTRIBUTES =
            List.of("id", "source", "specversion", "type", "subject", "time", "datacontenttype", "dataschema", "data");

    private static final int ATTRIBUTES_REQUIRED = 5;

    /** Most faults that are named in one answer. */
    static final int FAULTS_MAX = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            // Names in data are the callers'; they are looked at once and not worth a place among the JVM's own.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    /** What stands in a text where its bytes were no UTF-8, or where it stood before. */
    private static final char REPLACEMENT = '\ufffd';
    // Raw, neither is JSON in UTF-8; only escaped can they get in.
    private static final Pattern ESCAPED_UNSTORABLE = Pattern.compile("\\\\u(0000|[dD][89a-fA-F])");
    /** A char takes at most so many bytes; one outside the basic plane is two chars and four bytes. */
    private static final int UTF_8_BYTES_MAX = 3;

    private final EventFormat format;
    private final Instant receivedAt;
    private final EventConfig limits;
    private final List<UsageEvent> events = new ArrayList<>();
    private final List<InvalidParameter> faults = new ArrayList<>();
    private String text;
    private boolean mayHoldUnstorable;
    private JsonParser json;
    /** The source of the event before, which is known to be one. */
    private String knownSource;

    /** @param receivedAt the time of events that carry none */
    EventReader(EventFormat format, Instant receivedAt, EventConfig limits) {
        this.format = format;
        this.receivedAt = receivedAt;
        this.limits = limits;
    }

    /**
     * The events in {@code body}; none if it is an empty array.
     *
     * @throws ProblemException 400 that names every fault
     */
    List<UsageEvent> read(byte[] body) {
        decode(body);
        if (faults.isEmpty()) {
            parse();
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        return events;
    }

    private void decode(byte[] body) {
        text = new String(body, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(body)) {
            fault(InvalidParameter.body("body", "invalid", "is not UTF-8"));
        }
        mayHoldUnstorable =
                text.contains("\\u") && ESCAPED_UNSTORABLE.matcher(text).find();
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private void parse() {
        try (JsonParser parser = JSON.createParser(text)) {
            json = parser;
            body();
            if (faults.size() < FAULTS_MAX && json.nextToken() != null) {
                fault(InvalidParameter.body("body", "invalid", "goes on after its end" + where()));
            }
        } catch (JsonProcessingException malformed) {
            fault(InvalidParameter.body(
                    "body",
                    "invalid",
                    "is not well-formed JSON%s: %s".formatted(where(), malformed.getOriginalMessage())));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void body() throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            fault(InvalidParameter.body("body", "required", "is required: send a CloudEvent as JSON"));
        } else if (first == JsonToken.START_OBJECT && format.takesObject()) {
            event("");
        } else if (first == JsonToken.START_ARRAY && format.takesArray()) {
            batch();
        } else if (format == EventFormat.ONE) {
            other("is_object", "must be one event, a JSON object; send a batch as application/cloudevents-batch+json");
        } else if (format == EventFormat.BATCH) {
            other("is_array", "must be a JSON array of events; send one event as application/cloudevents+json");
        } else {
            other("invalid", "must be an event, a JSON object, or a JSON array of events");
        }
    }

    private void other(String rule, String reason) throws IOException {
        fault(InvalidParameter.body("body", rule, reason));
        json.skipChildren();
    }

    private void batch() throws IOException {
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == limits.batchSizeMax()) {
                fault(InvalidParameter.body(
                                "body", "max_items", "must have at most " + limits.batchSizeMax() + " events")
                        .withMaximum(limits.batchSizeMax()));
            }
            if (json.currentToken() != JsonToken.START_OBJECT) {
                fault(InvalidParameter.body("[" + index + "]", "is_object", "must be an event, a JSON object"));
                json.skipChildren();
            } else if (index < limits.batchSizeMax()) {
                event("[" + index + "].");
            } else {
                json.skipChildren();
            }
        }
    }

    /** @param at what stands before the names of attributes in faults: nothing, or {@code [7].} */
    private void event(String at) throws IOException {
        int faultsBefore = faults.size();
        int start = (int) json.currentTokenLocation().getCharOffset();
        Attributes attributes = new Attributes(at);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            attributes.read(name);
        }
        attributes.missing();
        String body = text.substring(start, (int) json.currentLocation().getCharOffset());
        if (isLonger(body, limits.eventBytesMax())) {
            String where = at.isEmpty() ? "body" : at.substring(0, at.length() - 1);
            fault(InvalidParameter.body(
                            where, "max_length", "must have at most " + limits.eventBytesMax() + " bytes in UTF-8")
                    .withMaximum(limits.eventBytesMax()));
        }
        if (faults.size() == faultsBefore) {
            events.add(attributes.event(body));
        }
    }

    /** The attributes of one event. */
    private final class Attributes {
        private final String at;
        /** One bit for each attribute that has been read, in the order of {@link #ATTRIBUTES}. */
        private int seen;

        private Set<String> seenUnknown = Set.of();
        private String source;
        private String id;
        private String type;
        private String subject;
        private Instant occurredAt = receivedAt;

        Attributes(String at) {
            this.at = at;
        }

        void read(String name) throws IOException {
            if (isSecond(name)) {
                fault(InvalidParameter.body(at + name, "invalid", "is given twice"));
            }
            switch (name) {
                case "id" -> id = attribute(name);
                case "type" -> type = attribute(name);
                case "subject" -> subject = attribute(name);
                case "source" -> {
                    source = attribute(name);
                    if (source != null && !source.equals(knownSource) && checkUri(name, source, false)) {
                        knownSource = source;
                    }
                }
                case "specversion" -> specversion(name);
                case "time" -> time(name);
                case "datacontenttype" -> datacontenttype(name);
                case "dataschema" -> {
                    if (json.currentToken() != JsonToken.VALUE_NULL) {
                        String schema = attribute(name);
                        if (schema != null) {
                            checkUri(name, schema, true);
                        }
                    }
                }
                case "data" -> data(name);
                default -> unknown(name);
            }
        }

        private boolean isSecond(String name) {
            int position = ATTRIBUTES.indexOf(name);
            if (position < 0) {
                if (seenUnknown.isEmpty()) {
                    seenUnknown = new HashSet<>();
                }
                return !seenUnknown.add(name);
            }
            int before = seen;
            seen |= 1 << position;
            return before == seen;
        }

        void missing() {
            for (int position = 0; position < ATTRIBUTES_REQUIRED; position++) {
                if ((seen & 1 << position) == 0) {
                    fault(InvalidParameter.body(at + ATTRIBUTES.get(position), "required", "is required"));
                }
            }
        }

        UsageEvent event(String body) {
            return new UsageEvent(source, id, type, subject, occurredAt, body);
        }

        /** A text that is not empty and that an index can hold; null if it is not one. */
        private String attribute(String name) throws IOException {
            String value = string(name);
            if (value == null) {
                return null;
            }
            if (value.isEmpty()) {
                fault(InvalidParameter.body(at + name, "min_length", "must have at least 1 character")
                        .withMinimum(1));
            } else if (isLonger(value, ATTRIBUTE_BYTES_MAX)) {
                fault(InvalidParameter.body(
                                at + name, "max_length", "must have at most " + ATTRIBUTE_BYTES_MAX + " bytes in UTF-8")
                        .withMaximum(ATTRIBUTE_BYTES_MAX));
            } else if (!mayHoldUnstorable || storable(at + name, value)) {
                return value;
            }
            return null;
        }

        /** Whether {@code text} can be kept, and comes back as it is. */
        private boolean storable(String field, String text) {
            if (text.indexOf('\0') >= 0) {
                fault(InvalidParameter.body(field, "invalid", "must not contain the character NUL"));
            } else if (hasHalfSurrogatePair(text)) {
                fault(InvalidParameter.body(field, "invalid", "must not contain half a surrogate pair"));
            } else {
                return true;
            }
            return false;
        }

        private String string(String name) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                fault(InvalidParameter.body(at + name, "is_string", "must be a string"));
                json.skipChildren();
                return null;
            }
            return json.getText();
        }

        private boolean checkUri(String name, String value, boolean absolute) {
            try {
                if (new URI(value).isAbsolute() || !absolute) {
                    return true;
                }
            } catch (URISyntaxException malformed) {
                // Said below.
            }
            fault(InvalidParameter.body(
                    at + name,
                    "invalid",
                    absolute ? "must be an absolute URI" : "must be a URI or a relative reference"));
            return false;
        }

        private void specversion(String name) throws IOException {
            String version = string(name);
            if (version != null && !version.equals("1.0")) {
                fault(InvalidParameter.body(at + name, "enum", "must be 1.0").withChoices(List.of("1.0")));
            }
        }

        private void datacontenttype(String name) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            String contentType = string(name);
            if (contentType != null && !contentType.equals("application/json")) {
                fault(InvalidParameter.body(at + name, "enum", "must be application/json or null")
                        .withChoices(List.of("application/json")));
            }
        }

        private void time(String name) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            String time = string(name);
            if (time == null) {
                return;
            }
            Instant instant = EventTimes.parse(time);
            if (instant == null) {
                fault(InvalidParameter.body(
                        at + name, "is_date_time", "must be an RFC 3339 date-time such as 2026-01-31T10:00:00Z"));
            } else if (!EventTimes.EVER.contains(instant)) {
                fault(InvalidParameter.body(
                        at + name,
                        "invalid",
                        "must be from " + EventTimes.EVER.start() + " on and before " + EventTimes.EVER.end()));
            } else {
                occurredAt = instant;
            }
        }

        private void unknown(String name) throws IOException {
            String reason = name.equals("data_base64")
                    ? "is not taken: data must be a JSON object"
                    : "is not a known attribute: extension attributes are not taken, put it into data";
            fault(InvalidParameter.body(at + name, "unknown_property", reason));
            json.skipChildren();
        }

        private void data(String name) throws IOException {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                object(at + name);
            } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                fault(InvalidParameter.body(at + name, "is_object", "must be an object or null"));
                json.skipChildren();
            }
        }

        private void object(String field) throws IOException {
            boolean tooDeep = false;
            for (int depth = 1; depth > 0; ) {
                JsonToken token = json.nextToken();
                if (token.isStructStart()) {
                    depth++;
                    tooDeep |= depth > limits.dataDepthMax();
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
                    number(field);
                } else if (mayHoldUnstorable) {
                    storable(field, json.getText());
                }
            }
            if (tooDeep) {
                fault(InvalidParameter.body(
                                field, "invalid", "must not be nested deeper than " + limits.dataDepthMax() + " levels")
                        .withMaximum(limits.dataDepthMax()));
            }
        }

        private void number(String field) throws IOException {
            boolean plain = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && json.getTextLength() <= JsonSafety.NUMBER_DIGITS_MAX;
            if (!plain && isTooLong(json.getText())) {
                fault(InvalidParameter.body(
                        field,
                        "invalid",
                        "must not hold numbers of more than " + JsonSafety.NUMBER_DIGITS_MAX
                                + " digits when written out"));
            }
        }

        private static boolean isTooLong(String number) {
            if (number.length() <= JsonSafety.NUMBER_DIGITS_MAX && number.indexOf('e') < 0 && number.indexOf('E') < 0) {
                return false;
            }
            try {
                return JsonSafety.isTooLong(new BigDecimal(number));
            } catch (NumberFormatException exponentTooLong) {
                return true;
            }
        }
    }

    /** Whether {@code value} takes more than {@code bytesMax} in UTF-8; mostly decided without encoding it. */
    private static boolean isLonger(String value, int bytesMax) {
        return value.length() > bytesMax
                || ((long) value.length() * UTF_8_BYTES_MAX > bytesMax
                        && value.getBytes(StandardCharsets.UTF_8).length > bytesMax);
    }

    private static boolean hasHalfSurrogatePair(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isHighSurrogate(value.charAt(i))
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private String where() {
        return " at line %d, column %d"
                .formatted(
                        json.currentLocation().getLineNr(),
                        json.currentLocation().getColumnNr());
    }

    private void fault(InvalidParameter fault) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(fault);
        }
    }
}
