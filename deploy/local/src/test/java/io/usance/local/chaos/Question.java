package io.usance.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.local.chaos.Door.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A question about a meter's usage.
 *
 * @param granularity on the wire; null for no windows
 * @param filters the values that a dimension may have
 */
record Question(
        Meter meter,
        Instant from,
        Instant to,
        String granularity,
        ZoneId zone,
        List<String> groupBy,
        Map<String, List<String>> filters) {
    static final String MINUTE = "PT1M";
    static final String HOUR = "PT1H";
    static final String DAY = "P1D";
    static final String MONTH = "P1M";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Of what an answer consists: what a row is about, and its value. */
    record Row(String window, List<String> group) implements Comparable<Row> {
        static Row of(Instant from, Instant to, List<String> group) {
            return new Row(from + "/" + to, group);
        }

        @Override
        public int compareTo(Row other) {
            return toString().compareTo(other.toString());
        }
    }

    /** A question for the one number of a time. */
    static Question total(Meter meter, Instant from, Instant to) {
        return new Question(meter, from, to, null, ZoneOffset.UTC, List.of(), Map.of());
    }

    /**
     * The questions that are asked about a meter at the end of a run: all that totals are kept for, and what cuts across.
     *
     * @param start of the run
     * @param end of the run
     */
    static List<Question> all(Meter meter, Instant start, Instant end, SplittableRandom random) {
        Instant from =
                start.minus(Traffic.LATENESS_MAX).minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        Instant to = end.plus(Traffic.EARLINESS_MAX).plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        Instant middle = start.plus(Duration.between(start, end).dividedBy(2)).truncatedTo(ChronoUnit.MICROS);
        Instant before = start.minusMillis(random.nextLong(90_000)).truncatedTo(ChronoUnit.MICROS);
        List<String> dimensions = meter.dimensions();
        List<String> one = dimensions.subList(0, Math.min(1, dimensions.size()));
        ZoneId newYork = ZoneId.of("America/New_York");
        List<String> subjects = random.ints(5, 0, Traffic.SUBJECTS)
                .distinct()
                .mapToObj(number -> "subject-" + number)
                .toList();
        List<Question> all = new ArrayList<>();
        all.add(total(meter, from, to));
        all.add(new Question(meter, from, to, null, ZoneOffset.UTC, dimensions, Map.of()));
        all.add(new Question(meter, from, to, null, ZoneOffset.UTC, List.of("subject"), Map.of()));
        all.add(new Question(meter, from, to, DAY, newYork, one, Map.of()));
        all.add(new Question(meter, from, to, DAY, ZoneId.of("Australia/Lord_Howe"), List.of(), Map.of()));
        all.add(new Question(meter, from, to, MONTH, ZoneId.of("Europe/Berlin"), dimensions, Map.of()));
        all.add(new Question(
                meter, start.minus(Duration.ofDays(3)), to, HOUR, ZoneId.of("America/St_Johns"), one, Map.of()));
        all.add(new Question(meter, before, end, MINUTE, ZoneOffset.UTC, one, Map.of()));
        all.add(new Question(meter, from, to, DAY, ZoneOffset.UTC, List.of("subject"), Map.of("subject", subjects)));
        all.add(new Question(
                meter, before, middle, null, ZoneOffset.UTC, dimensions, Map.of("subject", subjects.subList(0, 1))));
        all.add(new Question(meter, middle, to, HOUR, newYork, List.of("subject"), Map.of("subject", subjects)));
        if (dimensions.contains("model")) {
            Map<String, List<String>> some = Map.of("model", Traffic.MODELS.subList(1, 3));
            all.add(new Question(meter, before, to, null, ZoneOffset.UTC, List.of(), some));
            all.add(new Question(meter, from, middle, MONTH, newYork, List.of("subject"), some));
        }
        return all;
    }

    /** What a gateway says to it; null when it does not answer now. */
    Map<Row, BigDecimal> ask(Door door, int gateway) {
        Answer answer = door.post(gateway, "meters/" + meter.id() + "/query", Door.JSON, json(), PATIENCE);
        if (answer.isPassing()) {
            return null;
        }
        if (answer.status() != 200) {
            throw new AssertionError("no answer: " + answer + " to " + this);
        }
        Map<Row, BigDecimal> rows = new TreeMap<>();
        for (JsonNode row : Meter.json(answer.body()).path("data")) {
            List<String> group = groupBy.stream()
                    .map(name -> row.path("dimensions").path(name).textValue())
                    .toList();
            Instant start = Instant.parse(row.path("from").textValue());
            Instant end = Instant.parse(row.path("to").textValue());
            BigDecimal value = new BigDecimal(row.path("value").textValue());
            if (rows.put(Row.of(start, end, group), value) != null) {
                throw new AssertionError("a row came twice: " + row + " in the answer to " + this);
            }
        }
        return rows;
    }

    private String json() {
        ObjectNode body = JSON.createObjectNode();
        body.put("from", from.toString());
        body.put("to", to.toString());
        if (granularity != null) {
            body.put("granularity", granularity);
        }
        body.put("time_zone", zone == ZoneOffset.UTC ? "UTC" : zone.getId());
        ArrayNode names = body.putArray("group_by_dimensions");
        groupBy.forEach(names::add);
        ObjectNode dimensions = body.putObject("filters").putObject("dimensions");
        filters.forEach((name, values) -> {
            ArrayNode in = dimensions.putObject(name).putArray("in");
            values.forEach(in::add);
        });
        return body.toString();
    }
}
