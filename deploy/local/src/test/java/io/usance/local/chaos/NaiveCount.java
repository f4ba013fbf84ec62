package io.usance.local.chaos;

import io.usance.local.chaos.Question.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The right answer to a question, found by going through all events one by one. Shares nothing with the code that it judges:
 * a second opinion that makes the same mistakes is none.
 */
final class NaiveCount {
    private static final int AVERAGE_SCALE = 18;
    private static final int SHOWN_MAX = 5;

    private final Question question;
    private final Map<Row, Found> found = new HashMap<>();

    NaiveCount(Question question) {
        this.question = question;
    }

    private static final class Found {
        private long count;
        private BigDecimal sum = BigDecimal.ZERO;
        private BigDecimal least;
        private BigDecimal greatest;
        private SentEvent latest;
        private final Set<String> users = new HashSet<>();
    }

    Question question() {
        return question;
    }

    void see(SentEvent event) {
        Meter meter = question.meter();
        Instant at = event.occurredAt();
        boolean isAskedFor = event.type().equals(meter.type())
                && !at.isBefore(question.from())
                && at.isBefore(question.to())
                && (meter.eventsFrom() == null || !at.isBefore(meter.eventsFrom()))
                && question.filters().entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(dimension(event, filter.getKey())));
        boolean counts =
                switch (meter.aggregation()) {
                    case COUNT -> true;
                    case UNIQUE_COUNT -> !event.user().text().isEmpty();
                    case SUM, AVG, MIN, MAX, LATEST -> event.amount().number() != null;
                };
        if (isAskedFor && counts) {
            add(found.computeIfAbsent(row(event), fresh -> new Found()), event);
        }
    }

    private void add(Found row, SentEvent event) {
        BigDecimal number = event.amount().number();
        switch (question.meter().aggregation()) {
            case COUNT -> row.count++;
            case UNIQUE_COUNT -> row.users.add(event.user().text());
            case SUM, AVG -> {
                row.count++;
                row.sum = row.sum.add(number);
            }
            case MIN -> row.least = row.least == null ? number : row.least.min(number);
            case MAX -> row.greatest = row.greatest == null ? number : row.greatest.max(number);
            case LATEST -> row.latest = row.latest == null || isLater(event, row.latest) ? event : row.latest;
        }
    }

    /** By time, then by source, then by id; all of them are plain ASCII. */
    private static boolean isLater(SentEvent one, SentEvent other) {
        int order = one.occurredAt().compareTo(other.occurredAt());
        order = order != 0 ? order : one.source().compareTo(other.source());
        return (order != 0 ? order : one.id().compareTo(other.id())) > 0;
    }

    private Row row(SentEvent event) {
        List<String> group = new ArrayList<>();
        question.groupBy().forEach(name -> group.add(dimension(event, name)));
        ZonedDateTime at = event.occurredAt().atZone(question.zone());
        LocalDate day = at.toLocalDate();
        return switch (question.granularity()) {
            case null -> Row.of(question.from(), question.to(), group);
            case Question.MINUTE -> {
                Instant start = event.occurredAt().truncatedTo(ChronoUnit.MINUTES);
                yield Row.of(start, start.plus(Duration.ofMinutes(1)), group);
            }
            case Question.HOUR -> {
                Instant start = at.truncatedTo(ChronoUnit.HOURS).toInstant();
                yield Row.of(start, start.plus(Duration.ofHours(1)), group);
            }
            case Question.DAY -> days(day, day.plusDays(1), group);
            case Question.MONTH ->
                days(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1), group);
            default -> throw new IllegalArgumentException(question.granularity());
        };
    }

    private Row days(LocalDate first, LocalDate next, List<String> group) {
        return Row.of(
                first.atStartOfDay(question.zone()).toInstant(),
                next.atStartOfDay(question.zone()).toInstant(),
                group);
    }

    private static String dimension(SentEvent event, String name) {
        return switch (name) {
            case "subject" -> event.subject();
            case "model" -> event.model().text();
            case "region" -> event.region().text();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private BigDecimal value(Found row) {
        return switch (question.meter().aggregation()) {
            case COUNT -> BigDecimal.valueOf(row.count);
            case UNIQUE_COUNT -> BigDecimal.valueOf(row.users.size());
            case SUM -> row.sum;
            case AVG -> row.sum.divide(BigDecimal.valueOf(row.count), AVERAGE_SCALE, RoundingMode.HALF_UP);
            case MIN -> row.least;
            case MAX -> row.greatest;
            case LATEST -> row.latest.amount().number();
        };
    }

    /** How many rows the answer has. */
    int rows() {
        return found.size();
    }

    /** In what {@code answer} is not the right answer; empty if it is. */
    List<String> differences(Map<Row, BigDecimal> answer) {
        Map<Row, Found> expected = new TreeMap<>(found);
        List<String> differences = new ArrayList<>();
        expected.forEach((row, right) -> {
            BigDecimal said = answer.get(row);
            if (said == null || said.compareTo(value(right)) != 0) {
                differences.add(
                        "%s must be %s and is %s".formatted(row, value(right).toPlainString(), said));
            }
        });
        answer.forEach((row, said) -> {
            // Where nothing is asked apart, nothing is counted as 0.
            boolean nothing =
                    question.granularity() == null && question.groupBy().isEmpty() && said.signum() == 0;
            if (!expected.containsKey(row) && !nothing) {
                differences.add("%s must not be there and is %s".formatted(row, said));
            }
        });
        return differences.size() <= SHOWN_MAX
                ? differences
                : List.of(differences.size() + " differences, the first: " + differences.subList(0, SHOWN_MAX));
    }
}
