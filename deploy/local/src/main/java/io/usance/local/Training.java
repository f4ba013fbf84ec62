package io.usance.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Makes the caches that are missing or out of date: runs a throw-away stack, uses it a little, and lets each process
 * write down what it has loaded. Takes about half a minute a process.
 */
final class Training {
    private static final Duration WRITE_MAX = Duration.ofMinutes(3);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String BASE = "/v3/openmeter/";

    /** Reads that touch every service; what they answer does not matter, what is loaded for it does. */
    private static final List<String> READS = List.of(
            "meter-templates", "meters", "features", "plans", "customers", "subscriptions", "events", "nothing");

    private static final String METER = """
            {"name":"Trained","key":"trained","aggregation":"count","event_type":"trained"}""";
    private static final String CUSTOMER = """
            {"name":"Trained","key":"trained"}""";
    private static final String EVENT = """
            {"specversion":"1.0","id":"1","source":"training","type":"trained","subject":"trained","data":{"value":1.5}}""";

    private final Path root;
    private final Progress progress;
    private final Endings endings;
    private final Caches caches;

    Training(Path root, Progress progress, Endings endings) {
        this.root = root;
        this.progress = progress;
        this.endings = endings;
        this.caches = new Caches(root);
    }

    /**
     * Does nothing when every cache is fresh. A stack that cannot be trained is no failure: it starts without caches.
     *
     * @throws Endings.Ended if somebody stopped it
     */
    void run() throws IOException {
        List<String> stale = stale();
        if (stale.isEmpty()) {
            return;
        }
        progress.line("Preparing fast starts, once for each build, for " + String.join(", ", stale));
        Path folder = root.resolve("deploy/local/target/training");
        delete(folder);
        int port = Ports.anyFree().first();
        Settings settings = new Settings(root, folder, port, Optional.empty(), Optional.empty(), Optional.empty());
        try (Home home = Home.open(folder)) {
            Logs.divert(home.log("launcher"));
            LocalStack stack = new LocalStack(
                    settings,
                    home,
                    progress,
                    name -> stale.contains(name) ? caches.training(name) : caches.flags(name),
                    endings);
            try {
                stack.start();
                use("http://127.0.0.1:" + port + BASE, stack.token());
                write(stack, stale);
            } finally {
                stack.stop();
            }
        } catch (Endings.Ended ended) {
            Ending ending = endings.await();
            ending.tell(progress);
            if (ending.wanted()) {
                throw ended;
            }
            progress.line("Fast starts could not be prepared; the stack also starts without them, but slower.");
            return;
        } catch (Refusal refusal) {
            progress.line(refusal.getMessage());
            progress.line("Fast starts could not be prepared; the stack also starts without them, but slower.");
            return;
        }
        delete(folder);
    }

    private List<String> stale() throws IOException {
        List<String> stale = new ArrayList<>();
        for (Service service : Service.values()) {
            if (!caches.isFresh(service.word())) {
                stale.add(service.word());
            }
        }
        if (!caches.isFresh(Caches.BROKER)) {
            stale.add(Caches.BROKER);
        }
        return stale;
    }

    /** Ends the processes whose caches are wanted, as many at once as there are processors: each then computes. */
    private void write(LocalStack stack, List<String> stale) {
        try (var writers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            stack.javaProcesses().forEach((name, child) -> {
                if (stale.contains(name)) {
                    writers.execute(() -> write(name, child));
                }
            });
        }
    }

    private void write(String name, Child child) {
        progress.step(name, "writing its cache");
        child.stop(WRITE_MAX);
        try {
            if (caches.isWritten(name)) {
                caches.accept(name);
                progress.step(name, "can start fast now");
            } else {
                progress.step(name, "wrote no cache; it will start without one");
            }
        } catch (IOException failure) {
            progress.step(name, "its cache cannot be used: " + failure.getMessage());
        }
    }

    private void use(String base, String token) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder()
                    .timeout(ANSWER_MAX)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json");
            List<HttpRequest> requests = new ArrayList<>();
            requests.add(post(request, base + "meters", METER));
            requests.add(post(request, base + "customers", CUSTOMER));
            requests.add(post(
                    request.copy().setHeader("Content-Type", "application/cloudevents+json"), base + "events", EVENT));
            READS.forEach(path -> requests.add(
                    request.copy().GET().uri(URI.create(base + path)).build()));
            requests.add(post(request, base + "meters/trained/query", "{}"));
            for (HttpRequest one : requests) {
                endings.check();
                client.send(one, BodyHandlers.discarding());
            }
        } catch (IOException unanswered) {
            progress.step("training", "a request went unanswered: " + unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest post(HttpRequest.Builder request, String address, String body) {
        return request.copy()
                .POST(BodyPublishers.ofString(body))
                .uri(URI.create(address))
                .build();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
