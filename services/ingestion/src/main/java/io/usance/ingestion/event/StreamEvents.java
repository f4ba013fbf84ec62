package io.usance.ingestion.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.usance.runtime.list.Condition;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Operator;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows a namespace's events as they are stored, as messages to a browser. */
@ApplicationScoped
class StreamEvents {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final ListSpec FILTERS = ListSpec.sortedByDescending("stored_at")
            .filterable("source", FieldKind.TEXT)
            .filterable("subject", FieldKind.TEXT)
            .filterable("type", FieldKind.TEXT)
            .sortable("stored_at", "stored_at");

    @Inject
    Vertx vertx;

    @Inject
    EventTail tail;

    @Inject
    EventQueries events;

    @Inject
    StreamConfig config;

    @Inject
    ObjectMapper json;

    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    /** A shutdown waits for no stream; who follows asks another replica. */
    void end(@Observes ShutdownEvent shutdown) {
        readers.forEach(reader -> reader.emitter.complete());
    }

    /** Events from now on that pass the filters of the request. */
    Multi<OutboundSseEvent> of(String namespace, UriInfo uri, Sse sse) {
        List<Condition> filters = FILTERS.parseCursor(uri).conditions();
        filters.stream()
                .filter(condition -> condition.operator() != Operator.EQ)
                .findFirst()
                .ifPresent(condition -> {
                    throw Problems.invalid(InvalidParameter.query(
                            "filter[" + condition.field() + "]", "invalid", "takes the operator eq only in a stream"));
                });
        long ofNamespace = readers.stream()
                .filter(reader -> reader.namespace.equals(namespace))
                .count();
        if (ofNamespace >= config.streamsOfNamespaceMax() || readers.size() >= config.streamsMax()) {
            throw Problems.tooMany("too many streams are open; close one, or list events instead", RETRY_AFTER);
        }
        Context context = vertx.getOrCreateContext();
        return Multi.createFrom()
                .emitter(
                        emitter -> new Reader(namespace, filters, sse, context, emitter).start(),
                        BackPressureStrategy.IGNORE);
    }

    /** One who follows. All but {@link #take} and {@link #missed} runs on the context of its request, one after the other. */
    private final class Reader implements EventTail.Follower {
        private final String namespace;
        private final List<Condition> filters;
        private final Sse sse;
        private final Context context;
        private final MultiEmitter<? super OutboundSseEvent> emitter;
        private final Deque<EventRow> waiting = new ArrayDeque<>();
        private boolean isPassedOver;
        private boolean isShowing;

        Reader(
                String namespace,
                List<Condition> filters,
                Sse sse,
                Context context,
                MultiEmitter<? super OutboundSseEvent> emitter) {
            this.namespace = namespace;
            this.filters = filters;
            this.sse = sse;
            this.context = context;
            this.emitter = emitter;
        }

        void start() {
            readers.add(this);
            long heartbeat = vertx.setPeriodic(0, config.heartbeat().toMillis(), tick -> onContext(this::beat));
            long age = vertx.setTimer(config.ageMax().toMillis(), old -> emitter.complete());
            emitter.onTermination(() -> {
                vertx.cancelTimer(heartbeat);
                vertx.cancelTimer(age);
                readers.remove(this);
                tail.leave(this);
            });
            emitter.onRequest(demand -> onContext(this::show));
            tail.follow(this).subscribe().with(following -> {}, emitter::fail);
        }

        @Override
        public String namespace() {
            return namespace;
        }

        @Override
        public void take(List<EventRow> rows) {
            List<EventRow> wanted = rows.stream().filter(this::isWanted).toList();
            onContext(() -> {
                for (EventRow row : wanted) {
                    if (waiting.size() < config.bufferMax()) {
                        waiting.add(row);
                    } else {
                        isPassedOver = true;
                    }
                }
                show();
            });
        }

        @Override
        public void missed() {
            onContext(() -> isPassedOver = true);
        }

        private boolean isWanted(EventRow row) {
            return filters.stream()
                    .allMatch(filter -> filter.value()
                            .equals(
                                    switch (filter.field()) {
                                        case "source" -> row.event().source();
                                        case "subject" -> row.event().subject();
                                        default -> row.event().type();
                                    }));
        }

        private void onContext(Runnable work) {
            context.runOnContext(nothing -> work.run());
        }

        private void beat() {
            if (!isShowing && emitter.requested() > 0) {
                emitter.emit(message("heartbeat", null, "{}"));
            }
        }

        /** Sends what waits, as far as the reader keeps up. */
        private void show() {
            if (isShowing || emitter.requested() == 0) {
                return;
            }
            if (isPassedOver) {
                isPassedOver = false;
                emitter.emit(message("gap", null, "{}"));
                return;
            }
            List<EventRow> rows = new ArrayList<>();
            while (!waiting.isEmpty() && rows.size() < emitter.requested()) {
                rows.add(waiting.poll());
            }
            if (rows.isEmpty()) {
                return;
            }
            isShowing = true;
            events.views(namespace, rows)
                    .subscribe()
                    .with(
                            view -> onContext(() -> {
                                rows.forEach(row -> emitter.emit(
                                        message("event", String.valueOf(row.seq()), written(view.apply(row)))));
                                isShowing = false;
                                show();
                            }),
                            emitter::fail);
        }

        private OutboundSseEvent message(String name, String id, String data) {
            OutboundSseEvent.Builder message = sse.newEventBuilder().name(name).data(data);
            return (id == null ? message : message.id(id)).build();
        }
    }

    private String written(IngestedEventView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event in the list can be written", impossible);
        }
    }
}
