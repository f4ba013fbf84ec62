package io.usance.bench;

import io.usance.bench.Processes.MachineTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until the machine has nothing to do but to answer. */
final class Quiet {
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** What a stack of idle services, and somebody's shell, may use of the machine. */
    static final double BUSY_MAX = 0.1;

    private static final String VACUUMS =
            "select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'";

    private final Stack stack;

    Quiet(Stack stack) {
        this.stack = stack;
    }

    /**
     * Returns when the database tidies up no more and the machine is idle, or after {@code patience}.
     *
     * @return how much of the machine was in use in the last seconds, 0 to 1
     */
    double await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            MachineTime before = Processes.machine();
            LockSupport.parkNanos(LOOK.toNanos());
            MachineTime after = Processes.machine();
            double busy = (after.busySeconds() - before.busySeconds()) / (after.allSeconds() - before.allSeconds());
            if (busy <= BUSY_MAX && !isVacuuming() || System.nanoTime() > end) {
                return busy;
            }
        }
    }

    private boolean isVacuuming() {
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(VACUUMS)) {
            count.next();
            return count.getInt(1) > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
