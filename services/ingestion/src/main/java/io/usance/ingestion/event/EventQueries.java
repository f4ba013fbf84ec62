package io.usance.ingestion.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.customer.Customers;
import io.usance.ingestion.customer.KnownCustomer;
import io.usance.ingestion.event.IngestedEventView.CustomerReference;
import io.usance.ingestion.event.IngestedEventView.Fault;
import io.usance.ingestion.meter.MeterReader;
import io.usance.ingestion.meter.Meters;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.runtime.list.Condition;
import io.usance.runtime.list.Cursor;
import io.usance.runtime.list.CursorPage;
import io.usance.runtime.list.CursorRequest;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Operator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists stored events, with whose usage they are and what keeps them from counting, as things stand now. */
@ApplicationScoped
class EventQueries {
    private static final ListSpec LIST = ListSpec.sortedByDescending("time")
            .filterable("id", FieldKind.TEXT)
            .filterable("source", FieldKind.TEXT)
            .filterable("subject", FieldKind.TEXT)
            .filterable("type", FieldKind.TEXT)
            .filterable("customer_id", FieldKind.ID)
            .filterable("time", FieldKind.TIME)
            .filterable("ingested_at", FieldKind.TIME)
            .filterable("stored_at", FieldKind.TIME)
            .sortable("time", "occurred_at")
            .sortable("ingested_at", "ingested_at")
            .sortable("stored_at", "stored_at");

    @Inject
    EventRepository events;

    @Inject
    Customers customers;

    @Inject
    Meters meters;

    @Inject
    ObjectMapper json;

    /** A page of the namespace's events. */
    Uni<CursorPage<IngestedEventView>> list(String namespace, String bearer, UriInfo uri) {
        CursorRequest request = LIST.parseCursor(uri);
        return filter(namespace, bearer, request)
                .chain(filter -> events.find(filter.page(request)))
                .chain(rows -> views(namespace, rows).map(view -> page(request, rows, view)));
    }

    private Uni<EventFilter> filter(String namespace, String bearer, CursorRequest request) {
        EventFilter filter = new EventFilter(namespace);
        return request.take("customer_id")
                .map(condition -> customers
                        .subjectsOf(namespace, ids(condition), bearer)
                        .map(subjects -> filter.subjects(subjects.keySet(), condition.operator() != Operator.NEQ)))
                .orElseGet(() -> Uni.createFrom().item(filter));
    }

    private static Set<String> ids(Condition customerId) {
        return customerId.values().stream().map(String.class::cast).collect(Collectors.toSet());
    }

    private static CursorPage<IngestedEventView> page(
            CursorRequest request, List<EventRow> rows, Function<EventRow, IngestedEventView> view) {
        return request.page(rows, row -> position(request.sortField(), row)).map(view);
    }

    private static Cursor position(String sortField, EventRow row) {
        return new Cursor(
                switch (sortField) {
                    case "ingested_at" -> row.ingestedAt();
                    case "stored_at" -> row.storedAt();
                    default -> row.event().occurredAt();
                },
                String.valueOf(row.seq()));
    }

    /** How to show one of {@code rows}. */
    Uni<Function<EventRow, IngestedEventView>> views(String namespace, List<EventRow> rows) {
        Set<String> subjects = new LinkedHashSet<>();
        Set<String> types = new LinkedHashSet<>();
        rows.forEach(row -> {
            subjects.add(row.event().subject());
            types.add(row.event().type());
        });
        return customers
                .ofSubjects(namespace, subjects)
                .chain(owners -> meters.ofTypes(namespace, types).map(counting -> {
                    Map<String, MeterReader> readers = new HashMap<>();
                    return row -> view(row, owners.get(row.event().subject()), counting, readers);
                }));
    }

    private IngestedEventView view(
            EventRow row, KnownCustomer owner, Map<String, List<Meter>> counting, Map<String, MeterReader> readers) {
        UsageEvent event = row.event();
        List<Fault> faults = new ArrayList<>();
        if (owner == null) {
            faults.add(new Fault(
                    "customer_not_found",
                    "no customer found for event subject: " + event.subject(),
                    Map.of("subject", event.subject())));
        }
        List<Meter> meters = counting.getOrDefault(event.type(), List.of());
        if (meters.isEmpty()) {
            faults.add(new Fault(
                    "meter_not_found", "no meter found for event type: " + event.type(), Map.of("type", event.type())));
        }
        JsonNode data = meters.isEmpty() ? null : MeterReader.data(event.body());
        for (Meter meter : meters) {
            MeterReader reader = readers.computeIfAbsent(meter.id(), id -> new MeterReader(meter));
            if (reader.value(data) instanceof EventValue.Refused refused) {
                faults.add(fault(meter, refused));
            }
        }
        return new IngestedEventView(
                withTime(event),
                owner == null ? null : new CustomerReference(owner.id()),
                row.ingestedAt(),
                row.storedAt(),
                faults.isEmpty() ? null : faults);
    }

    private static Fault fault(Meter meter, EventValue.Refused refused) {
        return new Fault(
                refused.code(),
                "meter %s does not count it: %s %s".formatted(meter.key(), meter.valueProperty(), refused.clause()),
                Map.of("meter_key", meter.key(), "meter_id", meter.id(), "value_property", meter.valueProperty()));
    }

    private String withTime(UsageEvent event) {
        try {
            JsonNode body = json.readTree(event.body());
            if (body.path("time").isTextual()) {
                return event.body();
            }
            return ((ObjectNode) body)
                    .put("time", event.occurredAt().toString())
                    .toString();
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a stored event is not JSON", unreadable);
        }
    }
}
