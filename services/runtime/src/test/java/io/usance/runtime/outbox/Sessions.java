package io.usance.runtime.outbox;

import io.usance.testkit.Database;
import java.util.List;

/** What the database knows of the relays. */
final class Sessions {
    private static final String RELAYS =
            "select pid from pg_stat_activity where application_name = 'runtime-outbox-relay' order by pid";
    private static final String LEADERS = """
            select pid from pg_locks join pg_stat_activity using (pid)
            where locktype = 'advisory' and granted and application_name = 'runtime-outbox-relay'
            """;

    /** Process ids of the sessions of all relays. */
    static List<String> relays() {
        return Database.column(RELAYS);
    }

    /** Process ids of those that hold the lock. */
    static List<String> leaders() {
        return Database.column(LEADERS);
    }

    private Sessions() {}
}
