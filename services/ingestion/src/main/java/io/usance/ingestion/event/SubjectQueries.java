package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.ingestion.customer.Customers;
import io.usance.ingestion.customer.KnownCustomer;
import io.usance.ingestion.event.IngestedEventView.CustomerReference;
import io.usance.runtime.list.Cursor;
import io.usance.runtime.list.CursorPage;
import io.usance.runtime.list.CursorRequest;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Operator;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which subjects events have come with, in the order of their keys. */
@ApplicationScoped
class SubjectQueries {
    private static final ListSpec LIST =
            ListSpec.sortedBy("key").filterable("key", FieldKind.TEXT).sortable("key", "subject");

    /**
     * From each subject the index leads to the next one, so that this costs what it lists, however many events each of them
     * has.
     */
    private static final String FIND = """
            with recursive seen (subject, listed) as (
                (select subject, 1 from event where namespace = $1 and subject >= $2 and subject > $3
                 order by subject limit 1)
                union all
                select following.subject, listed + 1
                from seen cross join lateral (
                    select subject from event where namespace = $1 and subject > seen.subject
                    order by subject limit 1) as following
                where listed < $4
            )
            select seen.subject, latest.occurred_at
            from seen cross join lateral (
                select occurred_at from event where namespace = $1 and subject = seen.subject
                order by occurred_at desc limit 1) as latest
            order by seen.subject
            """;

    @Inject
    Pool pool;

    @Inject
    Customers customers;

    /** A page of the namespace's subjects. */
    Uni<CursorPage<SubjectView>> list(String namespace, UriInfo uri) {
        CursorRequest request = LIST.parseCursor(uri);
        if (request.isDescending()) {
            throw Problems.invalid(
                    InvalidParameter.query("sort", "invalid", "can only be key: subjects are read forwards"));
        }
        String after = request.after().map(Cursor::id).orElse("");
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(namespace, from(request), after, request.size()))
                .map(SubjectQueries::subjects)
                .chain(found -> customers
                        .ofSubjects(namespace, found.stream().map(Seen::subject).toList())
                        .map(owners -> request.page(found, seen -> new Cursor(Instant.EPOCH, seen.subject()))
                                .map(seen -> view(seen, owners.get(seen.subject())))));
    }

    private record Seen(String subject, Instant lastSeenAt) {}

    private static String from(CursorRequest request) {
        return request.take("key")
                .map(condition -> {
                    if (condition.operator() != Operator.GTE) {
                        throw Problems.invalid(InvalidParameter.query(
                                "filter[key]", "invalid", "takes the operator gte only: from which key on"));
                    }
                    return (String) condition.value();
                })
                .orElse("");
    }

    private static List<Seen> subjects(RowSet<Row> rows) {
        List<Seen> seen = new ArrayList<>(rows.size());
        rows.forEach(row ->
                seen.add(new Seen(row.getString(0), row.getOffsetDateTime(1).toInstant())));
        return seen;
    }

    private static SubjectView view(Seen seen, KnownCustomer owner) {
        return new SubjectView(
                seen.subject(), seen.lastSeenAt(), owner == null ? null : new CustomerReference(owner.id()));
    }
}
