package io.usance.runtime.database;

import io.vertx.pgclient.PgException;
import java.util.function.Predicate;
import org.hibernate.exception.ConstraintViolationException;

/** A unique index by its name, to tell its violation from other failures: the last line against two at once. */
public record UniqueKey(String name) implements Predicate<Throwable> {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int CAUSES_MAX = 20;

    /** Whether {@code failure} is a violation of this key. */
    @Override
    public boolean test(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof PgException refusal) {
                return isMine(refusal.getSqlState(), refusal.getConstraint());
            }
            // Hibernate puts its own exception in the place of the driver's.
            if (cause instanceof ConstraintViolationException refusal) {
                return isMine(refusal.getSQLState(), refusal.getConstraintName());
            }
            cause = cause.getCause();
        }
        return false;
    }

    private boolean isMine(String sqlState, String constraint) {
        return UNIQUE_VIOLATION.equals(sqlState) && name.equals(constraint);
    }
}
