package io.usance.ingestion.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.PlatformResource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random questions about random events, answered by the service and by a second, naive reckoning that shares no code with it:
 * it filters a list, groups it with a map and works on each group as a whole.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class MeterQueryOracleTest {
    private static final int EVENTS = 400;
    private static final int QUESTIONS = 150;
    private static final Instant START = Instant.parse("2026-03-27T00:00:00Z");
    private static final List<String> AGGREGATIONS =
            List.of("sum", "count", "avg", "min", "max", "unique_count", "latest");
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Adelaide");
    private static final List<String> SUBJECTS = List.of("ann", "ann-2", "bob", "eve");
    private static final List<String> MODELS = List.of("gpt-4", "gpt-4o", "claude", "");
    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "2.50",
            "\"3\"",
            "\"0.000000000000000001\"",
            "-7",
            "12345678901234567890.123456789",
            "1e2",
            "null",
            "\"many\"",
            "\"NaN\"",
            "true",
            "[1]",
            "{}",
            "\"\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param value as written in JSON; null if it is not there */
    private record Event(String id, String subject, Instant time, String value, String model, String streaming) {
        String json() {
            List<String> data = new ArrayList<>();
            if (value != null) {
                data.add("\"n\":" + value);
            }
            if (!model.isEmpty()) {
                data.add("\"model\":\"" + model + "\"");
            }
            if (!streaming.isEmpty()) {
                data.add("\"streaming\":" + streaming);
            }
            return Tenant.event(id, subject, time.toString(), "{" + String.join(",", data) + "}");
        }

        String dimension(String name, Map<String, String> customers) {
            return switch (name) {
                case "subject" -> subject;
                case "customer_id" -> customers.getOrDefault(subject, "");
                case "model" -> model;
                default -> streaming;
            };
        }

        /** The number; null if it writes none. */
        BigDecimal number() {
            try {
                return value == null ? null : new BigDecimal(value.replace("\"", ""));
            } catch (NumberFormatException none) {
                return null;
            }
        }

        /** The different value; null if it is none. */
        String text() {
            if (value == null || value.equals("null") || value.startsWith("[") || value.startsWith("{")) {
                return null;
            }
            String text = value.startsWith("\"") || value.equals("true")
                    ? value.replace("\"", "")
                    : new BigDecimal(value).toPlainString();
            return text.isEmpty() ? null : text;
        }
    }

    private final Tenant tenant = new Tenant();

    /** Some meters are there before the events and some come after; some events are in the totals when asked, and some not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void every_answer_is_what_counting_by_hand_gives(long seed) {
        Random random = new Random(seed);
        Map<String, String> customers = new HashMap<>();
        String ann = tenant.customer("ann", "ann-2");
        customers.put("ann", ann);
        customers.put("ann-2", ann);
        customers.put("bob", tenant.customer("bob"));
        Map<String, String> meters = new HashMap<>();
        List<Event> events = events(random);
        int first = random.nextInt(EVENTS);

        AGGREGATIONS.subList(0, 3).forEach(aggregation -> meters.put(aggregation, meter(aggregation)));
        send(events.subList(0, first), random);
        tenant.awaitStored(first);
        if (random.nextBoolean()) {
            tenant.awaitCounted();
        }
        AGGREGATIONS.subList(3, 5).forEach(aggregation -> meters.put(aggregation, meter(aggregation)));
        send(events.subList(first, EVENTS), random);
        tenant.awaitStored(EVENTS);
        AGGREGATIONS.subList(5, 7).forEach(aggregation -> meters.put(aggregation, meter(aggregation)));

        ask(seed, random, meters, events, customers);
        tenant.awaitCounted();
        ask(seed, random, meters, events, customers);
    }

    private String meter(String aggregation) {
        return tenant.meter(
                aggregation,
                aggregation,
                aggregation.equals("count") ? null : "$.n",
                Map.of("model", "$.model", "streaming", "$.streaming"));
    }

    private void ask(
            long seed, Random random, Map<String, String> meters, List<Event> events, Map<String, String> customers) {
        for (int i = 0; i < QUESTIONS; i++) {
            String aggregation = AGGREGATIONS.get(i % AGGREGATIONS.size());
            ObjectNode question = question(random, customers);
            JsonNode answer = tenant.answer(meters.get(aggregation), question.toString());
            assertThat(answer.get("data").toString())
                    .as("seed %d, question %d: %s of %s", seed, i, aggregation, question)
                    .isEqualTo(byHand(aggregation, question, events, customers).toString());
        }
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            // Over the end of March: a change of clocks in Europe, and a change of months.
            Instant time = START.plusSeconds(random.nextInt(7 * 24 * 3_600)).plus(random.nextInt(3), ChronoUnit.MICROS);
            events.add(new Event(
                    "e" + i,
                    pick(random, SUBJECTS),
                    time,
                    random.nextInt(10) == 0 ? null : pick(random, VALUES),
                    pick(random, MODELS),
                    pick(random, List.of("true", "false", ""))));
        }
        return events;
    }

    /** In any order, in batches of any size, some twice. */
    private void send(List<Event> events, Random random) {
        List<Event> sent = new ArrayList<>(events);
        sent.addAll(events.subList(0, events.size() / 10));
        Collections.shuffle(sent, random);
        while (!sent.isEmpty()) {
            List<Event> batch = sent.subList(0, Math.min(sent.size(), 1 + random.nextInt(100)));
            tenant.accepts(batch.stream().map(Event::json).toArray(String[]::new));
            batch.clear();
        }
    }

    private static ObjectNode question(Random random, Map<String, String> customers) {
        ObjectNode question = JSON.createObjectNode();
        if (random.nextInt(3) > 0) {
            question.put(
                    "from", START.plusSeconds(random.nextInt(4 * 24 * 3_600)).toString());
        }
        if (random.nextInt(3) > 0) {
            question.put(
                    "to",
                    START.plusSeconds(4 * 24 * 3_600 + 1 + random.nextInt(4 * 24 * 3_600))
                            .toString());
        }
        if (random.nextInt(4) > 0) {
            question.put("granularity", pick(random, List.of("PT1M", "PT1H", "P1D", "P1M")));
            question.put("time_zone", pick(random, ZONES));
        }
        List<String> groups = new ArrayList<>(List.of("model", "streaming", "subject", "customer_id"));
        Collections.shuffle(groups, random);
        groups.subList(random.nextInt(3), 4).clear();
        if (!groups.isEmpty() || random.nextBoolean()) {
            groups.forEach(question.putArray("group_by_dimensions")::add);
        }
        if (random.nextInt(3) > 0) {
            ObjectNode filters = question.putObject("filters").putObject("dimensions");
            if (random.nextBoolean()) {
                filters.set("model", condition(random, MODELS, 2));
            }
            if (random.nextInt(4) == 0) {
                filters.put("streaming", pick(random, List.of("true", "false", "")));
            }
            if (random.nextInt(4) == 0) {
                filters.set("subject", list(random, SUBJECTS));
            }
            if (random.nextInt(4) == 0) {
                filters.set("customer_id", list(random, List.copyOf(new TreeSet<>(customers.values()))));
            }
        }
        return question;
    }

    private static ObjectNode condition(Random random, List<String> values, int depth) {
        ObjectNode condition = JSON.createObjectNode();
        switch (random.nextInt(depth > 1 ? 9 : 6)) {
            case 0 -> condition.put("eq", pick(random, values));
            case 1 -> condition.put("neq", pick(random, values));
            case 2 -> condition.putArray("in").add(pick(random, values)).add(pick(random, values));
            case 3 -> condition.putArray("nin").add(pick(random, values)).add(pick(random, values));
            case 4 -> condition.put("contains", pick(random, List.of("gpt", "4o", "cl")));
            case 5 -> condition.put("ncontains", "gpt").put("neq", "");
            case 6 -> condition.put("exists", random.nextBoolean());
            default ->
                condition
                        .putArray(random.nextBoolean() ? "and" : "or")
                        .add(condition(random, values, depth - 1))
                        .add(condition(random, values, depth - 1));
        }
        return condition;
    }

    private static ObjectNode list(Random random, List<String> values) {
        ObjectNode condition = JSON.createObjectNode();
        if (random.nextBoolean()) {
            return condition.put("eq", pick(random, values));
        }
        ArrayNode in = condition.putArray("in");
        values.stream().filter(value -> random.nextBoolean()).forEach(in::add);
        return in.isEmpty() ? condition.<ObjectNode>set("in", in.add(values.getFirst())) : condition;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ------------------------------------------------------------------------------------------------ by hand

    private static ArrayNode byHand(
            String aggregation, ObjectNode question, List<Event> events, Map<String, String> customers) {
        Instant from = question.has("from") ? Instant.parse(question.get("from").asText()) : null;
        Instant to = question.has("to") ? Instant.parse(question.get("to").asText()) : null;
        Set<String> groups = groups(question);
        Map<String, List<Event>> cells = new TreeMap<>();
        Map<String, String[]> bounds = new HashMap<>();
        for (Event event : events) {
            boolean counts = (from == null || !event.time().isBefore(from))
                    && (to == null || event.time().isBefore(to))
                    && usable(aggregation, event)
                    && passes(question, event, customers);
            if (!counts) {
                continue;
            }
            String[] window = window(question, event.time());
            StringBuilder key = new StringBuilder(window[0]);
            groups.forEach(group -> key.append('\1').append(event.dimension(group, customers)));
            cells.computeIfAbsent(key.toString(), fresh -> new ArrayList<>()).add(event);
            bounds.put(key.toString(), window);
        }
        List<ObjectNode> rows = new ArrayList<>();
        cells.forEach((key, cell) -> {
            ObjectNode row = JSON.createObjectNode();
            row.put("value", value(aggregation, cell));
            String[] window = bounds.get(key);
            row.put("from", window[0].isEmpty() ? start(from, cell) : window[0]);
            row.put("to", window[0].isEmpty() ? end(to, cell) : window[1]);
            ObjectNode dimensions = row.putObject("dimensions");
            groups.forEach(group -> dimensions.put(group, cell.getFirst().dimension(group, customers)));
            rows.add(row);
        });
        if (rows.isEmpty()
                && from != null
                && to != null
                && groups.isEmpty()
                && !question.has("granularity")
                && aggregation.contains("count")) {
            rows.add(JSON.createObjectNode()
                    .put("value", "0")
                    .put("from", from.toString())
                    .put("to", to.toString()));
            rows.getFirst().putObject("dimensions");
        }
        rows.sort(java.util.Comparator.comparing(
                        (ObjectNode row) -> Instant.parse(row.get("from").asText()))
                .thenComparing(row -> Instant.parse(row.get("to").asText()))
                .thenComparing(row -> {
                    StringBuilder values = new StringBuilder();
                    row.get("dimensions")
                            .forEach(value -> values.append(value.asText()).append('\1'));
                    return values.toString();
                }));
        return JSON.createArrayNode().addAll(rows);
    }

    private static Set<String> groups(ObjectNode question) {
        Set<String> asked = new LinkedHashSet<>();
        question.path("group_by_dimensions").forEach(group -> asked.add(group.asText()));
        Set<String> groups = new LinkedHashSet<>();
        for (String reserved : List.of("subject", "customer_id")) {
            if (asked.contains(reserved)
                    || question.at("/filters/dimensions/" + reserved + "/in").size() > 1) {
                groups.add(reserved);
            }
        }
        groups.addAll(asked);
        return groups;
    }

    private static boolean usable(String aggregation, Event event) {
        return switch (aggregation) {
            case "count" -> true;
            case "unique_count" -> event.text() != null;
            default -> event.number() != null;
        };
    }

    private static boolean passes(ObjectNode question, Event event, Map<String, String> customers) {
        Map<String, JsonNode> filters = new LinkedHashMap<>();
        question.at("/filters/dimensions")
                .properties()
                .forEach(filter -> filters.put(filter.getKey(), filter.getValue()));
        return filters.entrySet().stream()
                .allMatch(filter -> holds(filter.getValue(), event.dimension(filter.getKey(), customers)));
    }

    private static boolean holds(JsonNode condition, String value) {
        if (condition.isTextual()) {
            return value.equals(condition.asText());
        }
        return condition.properties().stream().allMatch(part -> {
            JsonNode with = part.getValue();
            return switch (part.getKey()) {
                case "eq" -> value.equals(with.asText());
                case "neq" -> !value.equals(with.asText());
                case "in" -> any(with, one -> one.asText().equals(value));
                case "nin" -> !any(with, one -> one.asText().equals(value));
                case "contains" -> value.contains(with.asText());
                case "ncontains" -> !value.contains(with.asText());
                case "exists" -> with.asBoolean() != value.isEmpty();
                case "and" -> !any(with, one -> !holds(one, value));
                default -> any(with, one -> holds(one, value));
            };
        });
    }

    private static boolean any(JsonNode list, Predicate<JsonNode> test) {
        for (JsonNode one : list) {
            if (test.test(one)) {
                return true;
            }
        }
        return false;
    }

    /** Start and end; empty without windows. */
    private static String[] window(ObjectNode question, Instant time) {
        if (!question.has("granularity")) {
            return new String[] {"", ""};
        }
        ZonedDateTime local = time.atZone(ZoneId.of(question.get("time_zone").asText()));
        ZonedDateTime day = local.toLocalDate().atStartOfDay(local.getZone());
        ZonedDateTime month = local.toLocalDate().withDayOfMonth(1).atStartOfDay(local.getZone());
        Instant[] window =
                switch (question.get("granularity").asText()) {
                    case "PT1M" -> {
                        Instant start = local.truncatedTo(ChronoUnit.MINUTES).toInstant();
                        yield new Instant[] {start, start.plusSeconds(60)};
                    }
                    case "PT1H" -> {
                        Instant start = local.truncatedTo(ChronoUnit.HOURS).toInstant();
                        yield new Instant[] {start, start.plusSeconds(3_600)};
                    }
                    case "P1D" ->
                        new Instant[] {day.toInstant(), day.plusDays(1).toInstant()};
                    default ->
                        new Instant[] {month.toInstant(), month.plusMonths(1).toInstant()};
                };
        return new String[] {window[0].toString(), window[1].toString()};
    }

    private static String start(Instant from, List<Event> cell) {
        return Objects.requireNonNullElseGet(
                        from,
                        () -> cell.stream()
                                .map(Event::time)
                                .min(Instant::compareTo)
                                .orElseThrow()
                                .truncatedTo(ChronoUnit.MINUTES))
                .toString();
    }

    private static String end(Instant to, List<Event> cell) {
        return Objects.requireNonNullElseGet(
                        to,
                        () -> cell.stream()
                                .map(Event::time)
                                .max(Instant::compareTo)
                                .orElseThrow()
                                .truncatedTo(ChronoUnit.MINUTES)
                                .plusSeconds(60))
                .toString();
    }

    private static String value(String aggregation, List<Event> cell) {
        List<BigDecimal> numbers =
                cell.stream().map(Event::number).filter(Objects::nonNull).toList();
        BigDecimal sum = numbers.stream().reduce(BigDecimal::add).orElse(BigDecimal.ZERO);
        return switch (aggregation) {
            case "count" -> String.valueOf(cell.size());
            case "unique_count" ->
                String.valueOf(cell.stream().map(Event::text).distinct().count());
            case "sum" -> sum.toPlainString();
            case "avg" ->
                sum.divide(BigDecimal.valueOf(numbers.size()), 18, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
            case "min" -> Collections.min(numbers).toPlainString();
            case "max" -> Collections.max(numbers).toPlainString();
            default -> latest(cell);
        };
    }

    /** Of events at one time the one with the greatest id: all have the same source. */
    private static String latest(List<Event> cell) {
        return cell.stream()
                .max(java.util.Comparator.comparing(Event::time).thenComparing(Event::id))
                .orElseThrow()
                .number()
                .toPlainString();
    }
}
