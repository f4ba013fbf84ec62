package io.usance.gateway.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name of a request in problems, logs and answers: the caller's own if it is sane, else a new one. */
public final class RequestId {
    /** Header that carries it, from the caller, to the services and back. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** The id of this request; the same at every call. */
    public static String of(RoutingContext context) {
        String known = context.get(HEADER);
        if (known != null) {
            return known;
        }
        String sent = context.request().getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
        context.put(HEADER, id);
        return id;
    }

    private RequestId() {}
}
