package io.usance.bench;

import io.usance.bench.LineChart.Point;
import io.usance.bench.Question.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What questions cost after histories of rising length, and what the histories cost to keep. */
final class MeasureQueries {
    private static final Duration SPAN = Duration.ofDays(30);
    private static final int LOAD_BATCH = 1_000;
    private static final int LOAD_CONNECTIONS = 4;
    private static final int PAGE_SIZE = 100;
    private static final double RATIO_MAX = 1.3;
    private static final double MONTH_P99_MILLIS_MAX = 25;
    private static final double PREVIEW_P99_MILLIS_MAX = 100;
    private static final String MONTH = "a customer's month total";
    private static final String PREVIEW = "an invoice preview with " + Shop.LINES + " metered lines";

    private final Scene scene;

    /** The history ends here, and begins {@link #SPAN} earlier. */
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    MeasureQueries(Scene scene) {
        this.scene = scene;
    }

    /** What was measured after one history. */
    private record Measured(long events, Map<String, Latencies> latencies, Storage storage, double busy) {}

    void run() {
        List<Long> histories = scene.settings().histories();
        scene.terminal().println("\nLoading histories, and asking questions.");
        Storage empty = Storage.read(scene.stack());
        List<Measured> measured = new ArrayList<>();
        long loaded = 0;
        for (long events : histories) {
            scene.counted(history(events - loaded, loaded));
            loaded = events;
            scene.terminal().printf("  waiting for the machine to be quiet%n");
            double busy = new Quiet(scene.stack()).await(scene.settings().quietMax());
            measured.add(new Measured(events, ask(), Storage.read(scene.stack()).minus(empty), busy));
        }
        report(measured);
    }

    private Load.Order history(long events, long before) {
        Instant start = end.minus(SPAN);
        double apartMillis = (double) SPAN.toMillis() / events;
        return new Load.Order(
                "loading %s events".formatted(count(before + events)),
                events,
                Duration.ofDays(1),
                LOAD_BATCH,
                LOAD_CONNECTIONS,
                0,
                scene.settings().backlogMax(),
                false,
                number -> start.toEpochMilli() + (long) (number * apartMillis));
    }

    private Map<String, Latencies> ask() {
        Map<String, Latencies> latencies = new LinkedHashMap<>();
        int requests = scene.settings().requests();
        int customers = scene.shop().customers().size();
        try (HttpConnection connection =
                new HttpConnection(scene.stack().gatewayPort(), scene.stack().token())) {
            for (Question question : questions()) {
                for (int i = 0; i < requests / 2; i++) {
                    question.ask(connection, i % customers);
                }
                Latencies took = new Latencies();
                for (int i = 0; i < requests; i++) {
                    took.add(question.ask(connection, i % customers));
                }
                latencies.put(question.name(), took);
                scene.terminal()
                        .printf(
                                "  %-48s p50 %s, p99 %s%n",
                                question.name(),
                                Aim.millis(took.percentileMillis(50)),
                                Aim.millis(took.percentileMillis(99)));
            }
            return latencies;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<Question> questions() {
        Shop shop = scene.shop();
        Instant firstDay = end.minus(SPAN).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        String month = "\"from\": \"%s\", \"to\": \"%s\"".formatted(firstDay, end);
        String hour = "\"from\": \"%s\", \"to\": \"%s\"".formatted(end.minus(1, ChronoUnit.HOURS), end);
        String byDay = ", \"granularity\": \"P1D\", \"group_by_dimensions\": [\"model\"]";
        String tokens = "/meters/" + shop.tokens().getFirst() + "/query";
        return List.of(
                new Question(MONTH, customer -> new Request(tokens, "{%s%s}".formatted(month, of(customer)))),
                new Question(
                        "a month by day and model, of a customer",
                        customer -> new Request(tokens, "{%s%s%s}".formatted(month, byDay, of(customer)))),
                new Question(
                        "a month by day and model, of all",
                        customer -> new Request(tokens, "{%s%s}".formatted(month, byDay))),
                new Question(
                        PREVIEW,
                        customer -> new Request(
                                "/customers/" + shop.customers().get(customer) + "/billing/invoice-preview", "")),
                new Question(
                        "the last hour by minute, of all",
                        customer -> new Request(tokens, "{%s, \"granularity\": \"PT1M\"}".formatted(hour))),
                new Question(
                        "the latest %d events".formatted(PAGE_SIZE),
                        customer -> new Request("/events?page[size]=" + PAGE_SIZE, "")),
                new Question(
                        "the latest %d events of a customer".formatted(PAGE_SIZE),
                        customer -> new Request(
                                "/events?page[size]=" + PAGE_SIZE + "&filter[customer_id]="
                                        + shop.customers().get(customer),
                                "")));
    }

    private String of(int customer) {
        return ", \"filters\": {\"dimensions\": {\"customer_id\": {\"eq\": \"%s\"}}}"
                .formatted(scene.shop().customers().get(customer));
    }

    private void report(List<Measured> measured) {
        Report report = scene.report();
        Measured first = measured.getFirst();
        report.section("Asked");
        report.text("""
                Through the gateway, one request after the other, %,d of each over %d customers, when everything was counted \
                and the machine was quiet. Events are spread over %d days and %,d subjects; a customer is one subject.%s""".formatted(
                        scene.settings().requests(),
                        scene.shop().customers().size(),
                        SPAN.toDays(),
                        scene.settings().subjects(),
                        notQuiet(measured)));
        report.table(latencies(measured));
        for (Measured later : measured.subList(1, measured.size())) {
            first.latencies().forEach((question, took) -> {
                report.aim(ratio(question, 50, first, later));
                report.aim(ratio(question, 99, first, later));
            });
        }
        for (Measured each : measured) {
            report.aim(Aim.atMost(
                    "%s after %s events, p99".formatted(MONTH, count(each.events())),
                    MONTH_P99_MILLIS_MAX,
                    each.latencies().get(MONTH).percentileMillis(99),
                    Aim::millis));
            report.aim(Aim.atMost(
                    "%s after %s events, p99".formatted(PREVIEW, count(each.events())),
                    PREVIEW_P99_MILLIS_MAX,
                    each.latencies().get(PREVIEW).percentileMillis(99),
                    Aim::millis));
        }
        LineChart chart = new LineChart("99th percentile by length of the history", "million events", "ms");
        first.latencies()
                .keySet()
                .forEach(question -> chart.curve(
                        question,
                        measured.stream()
                                .map(each -> new Point(
                                        each.events() / 1e6,
                                        each.latencies().get(question).percentileMillis(99)))
                                .toList()));
        report.chart("latency", "Latency by length of the history", chart);
        report.section("Kept");
        measured.forEach(each -> storage(report, each));
    }

    private static String notQuiet(List<Measured> measured) {
        StringBuilder words = new StringBuilder();
        measured.stream()
                .filter(each -> each.busy() > Quiet.BUSY_MAX)
                .forEach(each -> words.append(" Before the questions after %s events it was not: %s of it was in use."
                        .formatted(count(each.events()), Aim.percent(each.busy()))));
        return words.toString();
    }

    private static Table latencies(List<Measured> measured) {
        List<String> header = new ArrayList<>(List.of("question"));
        for (Measured each : measured) {
            header.add(count(each.events()) + ", p50");
            header.add("p99");
        }
        for (Measured later : measured.subList(1, measured.size())) {
            String ratio =
                    count(later.events()) + " : " + count(measured.getFirst().events());
            header.add(ratio + ", p50");
            header.add("p99");
        }
        Table table = new Table(header.toArray(String[]::new));
        for (String question : measured.getFirst().latencies().keySet()) {
            List<String> row = new ArrayList<>(List.of(question));
            for (Measured each : measured) {
                row.add(Aim.millis(each.latencies().get(question).percentileMillis(50)));
                row.add(Aim.millis(each.latencies().get(question).percentileMillis(99)));
            }
            for (Measured later : measured.subList(1, measured.size())) {
                row.add(Aim.ratio(ratioOf(question, 50, measured.getFirst(), later)));
                row.add(Aim.ratio(ratioOf(question, 99, measured.getFirst(), later)));
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private static Aim ratio(String question, int percent, Measured first, Measured later) {
        return Aim.atMost(
                "%s, p%d after %s events : after %s"
                        .formatted(question, percent, count(later.events()), count(first.events())),
                RATIO_MAX,
                ratioOf(question, percent, first, later),
                Aim::ratio);
    }

    private static double ratioOf(String question, int percent, Measured first, Measured later) {
        return later.latencies().get(question).percentileMillis(percent)
                / first.latencies().get(question).percentileMillis(percent);
    }

    private static void storage(Report report, Measured measured) {
        double millions = measured.events() / 1e6;
        report.text(
                "After %s events, rows and bytes (with indexes) a million events:".formatted(count(measured.events())));
        Table table = new Table("table", "rows", "MB");
        measured.storage().tables().forEach((name, size) -> {
            if (size.rows() > 0 || size.bytes() > 0) {
                table.row(name, "%,.0f".formatted(size.rows() / millions), megabytes(size.bytes() / millions));
            }
        });
        table.row("together", "", megabytes(measured.storage().bytes() / millions));
        report.table(table);
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.2f", bytes / 1e6);
    }

    /** 20 M, 1 M, 500. */
    private static String count(long events) {
        return events >= 1_000_000
                ? String.format(Locale.ROOT, events % 1_000_000 == 0 ? "%.0f M" : "%.1f M", events / 1e6)
                : String.format(Locale.ROOT, "%,d", events);
    }
}
