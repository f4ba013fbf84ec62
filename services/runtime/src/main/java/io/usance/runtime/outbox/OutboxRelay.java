package io.usance.runtime.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.usance.runtime.database.Connections;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Publishes what the {@link Outbox} holds: in the order of its rows, at least once, deleted when the broker has it. One
 * relay per service at a time, whichever replica holds the advisory lock. A commit wakes it.
 *
 * <p>Order holds across crashes, too: every relay sends every row it finds, lowest first, and the producer never gives up on
 * a record while it sends later ones. So the first time that an event appears on its topic, everything before it has
 * appeared, and consumers pass over the repetitions.
 *
 * <p>Futures of Vert.x and not {@code Uni}, because they complete on the context on which they began: everything here runs
 * on one event loop, and the fields need no other protection.
 */
@ApplicationScoped
public class OutboxRelay {
    /** Most messages in flight at once. */
    static final int BATCH_SIZE_MAX = 100;

    /** More than this many waiting rows are not counted: an alarm rings long before, and counting costs. */
    static final int PENDING_MAX = 10_000;

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 10;

    /** How long the database may take for a statement, and Kafka for a batch, before it counts as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0))";
    private static final String NEXT = "select id, topic, key, payload, traceparent from outbox order by id limit $1";
    private static final String DELETE = "delete from outbox where id = any($1)";
    private static final String BACKLOG = """
            select (select count(*) from (select 1 from outbox limit $1) as bounded) as pending,
                   (select created_at from outbox order by id limit 1) as oldest
            """;

    @Inject
    Connections connections;

    @Inject
    Vertx vertx;

    @Inject
    @Channel("outbox")
    MutinyEmitter<String> emitter;

    @Inject
    OutboxConfig config;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "quarkus.application.name")
    String service;

    private Context context;
    private Counter sent;

    // Read by whoever collects metrics.
    private volatile long pending;
    private volatile long oldestAgeSeconds;
    private volatile boolean stopped;

    /** Null while the database is away. */
    private PgConnection connection;

    /** Whether this is the one relay; lasts as long as the connection. */
    private boolean leads;

    /** A batch is on its way; stays true when the connection is lost meanwhile, so that no other overtakes it. */
    private boolean draining;

    private long drainingSince;

    /** Somebody has committed since the batch on its way was read. */
    private boolean woken;

    private boolean resting;
    private boolean paused;
    private int failures;

    void start(@Observes StartupEvent event) {
        sent = metrics.counter("outbox.messages.sent");
        Gauge.builder("outbox.pending", () -> pending)
                .description("Events that are committed and not yet published, at most " + PENDING_MAX)
                .register(metrics);
        Gauge.builder("outbox.oldest.age", () -> oldestAgeSeconds)
                .description("For how long the oldest of them has waited")
                .baseUnit("seconds")
                .register(metrics);
        if (config.relayEnabled()) {
            stopped = false;
            context = vertx.getOrCreateContext();
            context.runOnContext(now -> connect());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        if (context != null) {
            context.runOnContext(now -> giveUp(connection));
        }
    }

    private void connect() {
        if (!stopped) {
            connections
                    .dedicated(vertx, service + "-outbox-relay")
                    .onSuccess(this::connected)
                    .onFailure(failure -> {
                        pause(failure);
                        after(backOff(), this::connect);
                    });
        }
    }

    private void connected(PgConnection candidate) {
        connection = candidate;
        candidate.closeHandler(closed -> lost(candidate));
        candidate.exceptionHandler(failure -> Log.debugf(failure, "outbox relay was told service=%s", service));
        candidate.notificationHandler(notice -> wake());
        look(candidate);
    }

    private void lost(PgConnection mine) {
        if (connection != mine) {
            return;
        }
        connection = null;
        leads = false;
        pending = 0;
        oldestAgeSeconds = 0;
        if (!stopped) {
            pause(new IllegalStateException("the connection to the database was lost"));
            after(backOff(), this::connect);
        }
    }

    /** Looks after the outbox as long as {@code mine} is the connection: as the one relay, or to become it. */
    private void look(PgConnection mine) {
        if (connection != mine) {
            return;
        }
        Future<Void> looked = leads ? measure().onSuccess(measured -> wake()) : becomeTheOne();
        looked.onFailure(failure -> Log.debugf(failure, "outbox relay could not look service=%s", service))
                .onComplete(done -> {
                    noticeDelay();
                    after(leads ? config.pollInterval() : config.lockRetryInterval(), () -> look(mine));
                });
    }

    private Future<Void> becomeTheOne() {
        return query(LOCK, Tuple.of(service + ":outbox-relay")).compose(rows -> {
            if (!rows.iterator().next().getBoolean(0)) {
                // Another replica publishes: nothing to do here, and so nothing is paused.
                paused = false;
                failures = 0;
                return Future.succeededFuture();
            }
            // Listen first and look then, or a commit between the two would wait for the next look.
            return query("listen \"" + service + "_outbox\"", Tuple.tuple())
                    .map(this::lead)
                    .compose(now -> measure())
                    .onSuccess(measured -> wake());
        });
    }

    private Void lead(RowSet<Row> listening) {
        leads = true;
        Log.infof("outbox relay started service=%s", service);
        return null;
    }

    private void wake() {
        woken = true;
        if (leads && !draining && !resting) {
            drain();
        }
    }

    private void drain() {
        woken = false;
        draining = true;
        drainingSince = System.nanoTime();
        query(NEXT, Tuple.of(BATCH_SIZE_MAX))
                .compose(this::publish)
                .onSuccess(this::drained)
                .onFailure(this::failed);
    }

    private Future<Integer> publish(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Future.succeededFuture(0);
        }
        List<Long> ids = new ArrayList<>();
        List<Uni<Void>> sends = new ArrayList<>();
        for (Row row : rows) {
            ids.add(row.getLong("id"));
            sends.add(emitter.sendMessage(message(row)));
        }
        // All, even if one fails: a batch that is still on its way must not be overtaken by its own repetition.
        Uni<?> acknowledged = Uni.join().all(sends).andCollectFailures();
        return Future.fromCompletionStage(acknowledged.subscribeAsCompletionStage(), context)
                .compose(all -> query(DELETE, Tuple.of(ids.toArray(Long[]::new))))
                .map(deleted -> ids.size());
    }

    private static Message<String> message(Row row) {
        io.opentelemetry.context.Context trace = GlobalOpenTelemetry.getPropagators()
                .getTextMapPropagator()
                .extract(io.opentelemetry.context.Context.root(), row.getString("traceparent"), new Traceparent());
        return Message.of(
                row.getString("payload"),
                Metadata.of(
                        OutgoingKafkaRecordMetadata.<String>builder()
                                .withTopic(row.getString("topic"))
                                .withKey(row.getString("key"))
                                .build(),
                        TracingMetadata.withCurrent(trace)));
    }

    private void drained(int count) {
        draining = false;
        failures = 0;
        sent.increment(count);
        if (paused) {
            paused = false;
            measure().onComplete(measured -> Log.infof("outbox relay resumed service=%s pending=%d", service, pending));
        }
        if (leads && (woken || count == BATCH_SIZE_MAX)) {
            drain();
        }
    }

    private void failed(Throwable failure) {
        draining = false;
        if (stopped) {
            return;
        }
        pause(failure);
        resting = true;
        after(backOff(), () -> {
            resting = false;
            wake();
        });
    }

    private void noticeDelay() {
        if (draining && System.nanoTime() - drainingSince > PATIENCE.toNanos()) {
            pause(new IllegalStateException("Kafka does not acknowledge"));
        }
    }

    private void pause(Throwable cause) {
        if (!paused) {
            paused = true;
            Log.warnf("outbox relay paused service=%s pending=%d cause=%s", service, pending, cause.getMessage());
        }
    }

    private Duration backOff() {
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(failures++, DOUBLINGS_MAX));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    /** How much waits and for how long: what tells an operator that others do not hear of us. */
    private Future<Void> measure() {
        return query(BACKLOG, Tuple.of(PENDING_MAX)).map(rows -> {
            Row row = rows.iterator().next();
            OffsetDateTime oldest = row.getOffsetDateTime("oldest");
            pending = row.getLong("pending");
            oldestAgeSeconds = oldest == null
                    ? 0
                    : Duration.between(oldest.toInstant(), clock.instant()).toSeconds();
            return null;
        });
    }

    /** A connection that does not answer in time is given up: another may find the database where it is now. */
    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        PgConnection current = connection;
        if (current == null) {
            return Future.failedFuture("the database is away");
        }
        return current.preparedQuery(sql)
                .execute(parameters)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> giveUp(current));
    }

    private void giveUp(PgConnection current) {
        if (current != null) {
            // Does not wait for the close to succeed: on a dead network it never does.
            lost(current);
            current.close();
        }
    }

    private void after(Duration pause, Runnable step) {
        context.owner().setTimer(pause.toMillis(), timer -> context.runOnContext(now -> step.run()));
    }

    /** Reads the one header of the trace context from its text. */
    private static final class Traceparent implements TextMapGetter<String> {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of("traceparent");
        }

        @Override
        public String get(String traceparent, String name) {
            return "traceparent".equals(name) ? traceparent : null;
        }
    }
}
