package io.usance.runtime.delivery;

import com.fasterxml.jackson.core.JacksonException;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.ProblemType;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/** Tells failures that go away by themselves from those that come back with every try. */
final class Healing {
    /**
     * SQLSTATE classes: connection (08), who may log in (28), transaction gave way to another (40), resources (53), lock not
     * to be had (55), operator at work (57), disk or system (58). A password that was changed is here because an operator
     * who errs must not cost events.
     */
    private static final Set<String> CLASSES = Set.of("08", "28", "40", "53", "55", "57", "58");

    /** The database has become a standby: soon another is the primary, or this one again. */
    private static final String READ_ONLY = "25006";

    /** Another service is busy (429), or a proxy in front of it finds it away (502, 503, 504). Its 500 is a bug. */
    private static final Set<Integer> STATUSES = Set.of(429, 502, 503, 504);

    /** What Vert.x says in exceptions that have no type of their own. */
    private static final Set<String> SAYINGS = Set.of(
            "Timeout",
            "Connection was closed",
            "Connection is closed",
            "Connection is not active now",
            "Connection has been closed",
            "Pool is closed",
            "Client is closed");

    private static final int CAUSES_MAX = 20;

    /** Whether trying again later can help: somebody is away, busy, or gave way to another. */
    static boolean heals(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            // An IOException for Java, but the same bytes will be as unreadable tomorrow.
            if (cause instanceof JacksonException) {
                return false;
            }
            if (isPassing(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isPassing(Throwable cause) {
        return switch (cause) {
            case IOException away -> true;
            case TimeoutException late -> true;
            case io.smallrye.mutiny.TimeoutException late -> true;
            case FaultToleranceException open -> true;
            case RetriableException broker -> true;
            case ClosedConnectionException closed -> true;
            case PgException refusal -> isPassing(refusal.getSqlState());
            case ProblemException problem ->
                problem.type() == ProblemType.UNAVAILABLE || problem.type() == ProblemType.RATE_LIMITED;
            case WebApplicationException answer ->
                STATUSES.contains(answer.getResponse().getStatus());
            default -> cause.getMessage() != null && SAYINGS.contains(cause.getMessage());
        };
    }

    private static boolean isPassing(String sqlState) {
        return sqlState != null
                && sqlState.length() == 5
                && (CLASSES.contains(sqlState.substring(0, 2)) || READ_ONLY.equals(sqlState));
    }

    private Healing() {}
}
