package io.usance.runtime.delivery;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where an operator sees what was put aside and has it sent again: on the port of health and metrics, which is the
 * platform's alone. Every service answers for all topics.
 */
@ApplicationScoped
class RejectedRoutes {
    private static final String PATH = "/q/rejected";

    @Inject
    RejectedRecords rejected;

    void routes(@Observes ManagementInterface management) {
        management.router().get(PATH).blockingHandler(this::list);
        management.router().post(PATH + "/send").blockingHandler(this::send);
    }

    private void list(RoutingContext context) {
        JsonArray data = new JsonArray();
        rejected.list()
                .forEach(record -> data.add(new JsonObject()
                        .put("id", record.id())
                        .put("origin", record.origin())
                        .put("rejected_at", record.rejectedAt().toString())
                        .put("service", record.service())
                        .put("key", record.key())
                        .put("reason", record.reason())
                        .put("tries", record.tries())
                        .put("bytes", record.bytes())));
        answer(context, 200, new JsonObject().put("data", data));
    }

    /** {@code ?id=} names one, and may come several times; {@code ?all=true} means every one. */
    private void send(RoutingContext context) {
        List<String> ids = context.queryParam("id");
        boolean all = context.queryParam("all").contains("true");
        if (all != ids.isEmpty()) {
            answer(context, 400, new JsonObject().put("detail", "say which: ?id=<id of the list>, or ?all=true"));
            return;
        }
        Predicate<String> wanted = all ? id -> true : ids::contains;
        int sent = rejected.send(wanted);
        answer(context, sent == 0 && !all ? 404 : 200, new JsonObject().put("sent", sent));
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encodePrettily() + "\n");
    }
}
