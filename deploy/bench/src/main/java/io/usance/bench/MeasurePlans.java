package io.usance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What a page of plans costs, the first and the last one of many. */
final class MeasurePlans {
    private static final int PAGE_SIZE = 100;
    private static final double RATIO_MAX = 2;
    private static final int PROGRESS = 1_000;

    private final Scene scene;

    MeasurePlans(Scene scene) {
        this.scene = scene;
    }

    void run() {
        int plans = scene.settings().plans();
        scene.terminal().printf("%nDrafting %,d plans, and listing them.%n", plans);
        draft(plans);
        new Quiet(scene.stack()).await(scene.settings().quietMax());

        int last = plans / PAGE_SIZE;
        Latencies first = new Latencies();
        Latencies deepest = new Latencies();
        try (HttpConnection connection =
                new HttpConnection(scene.stack().gatewayPort(), scene.stack().token())) {
            // In turns, so that whatever else happens happens to both; the first half warms up.
            for (int i = 0; i < scene.settings().requests() * 2; i++) {
                long tookFirst = page(1).ask(connection, i);
                long tookDeepest = page(last).ask(connection, i);
                if (i >= scene.settings().requests()) {
                    first.add(tookFirst);
                    deepest.add(tookDeepest);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        report(plans, last, first, deepest);
    }

    private void draft(int plans) {
        try (Api api = new Api(scene.stack())) {
            // One is there for the shop's customers.
            for (int number = 2; number <= plans; number++) {
                api.post("/plans", plan(number));
                if (number % PROGRESS == 0) {
                    scene.terminal().printf("  %,d drafted%n", number);
                }
            }
        }
    }

    private static String plan(int number) {
        return """
                {"key": "plan_%d", "name": "Plan %d", "currency": "USD", "billing_cadence": "P1M",
                 "phases": [{"key": "default", "name": "Default", "rate_cards": [
                   {"key": "fee", "name": "Fee", "billing_cadence": "P1M", "price": {"type": "flat", "amount": "9.99"}}]}]}
                """.formatted(number, number);
    }

    private static Question page(int number) {
        String path = "/plans?page%%5Bsize%%5D=%d&page%%5Bnumber%%5D=%d".formatted(PAGE_SIZE, number);
        return new Question("page " + number, any -> new Question.Request(path, ""));
    }

    private void report(int plans, int last, Latencies first, Latencies deepest) {
        Table table = new Table("page", "p50", "p99");
        row(table, 1, first);
        row(table, last, deepest);
        Report report = scene.report();
        report.section("Listed");
        report.text("%,d plans by pages of %d, through the gateway, %,d requests of each page in turns."
                .formatted(plans, PAGE_SIZE, scene.settings().requests()));
        report.table(table);
        report.aim(Aim.atMost(
                "the last page of %,d plans, p50 : the first".formatted(plans),
                RATIO_MAX,
                deepest.percentileMillis(50) / first.percentileMillis(50),
                Aim::ratio));
    }

    private static void row(Table table, int page, Latencies took) {
        table.row("%,d".formatted(page), Aim.millis(took.percentileMillis(50)), Aim.millis(took.percentileMillis(99)));
    }
}
