package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.testkit.Eventually;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator sees of a replay. */
class ReplayIT {
    private static final Duration COUNTED_MAX = Duration.ofMinutes(1);

    private final Stack stack = Stack.shared();
    private final Tenant tenant = Tenant.fresh(stack);
    private final Api api = tenant.api("admin");

    @Test
    void a_replay_says_what_was_wrong_mends_it_and_says_next_time_that_nothing_changed() {
        String meter = api.post("/v3/openmeter/meters", """
                        {"key":"calls","name":"Calls","aggregation":"sum","event_type":"call","value_property":"$.n"}""").text("/id");
        for (int i = 1; i <= 3; i++) {
            Exchange sent =
                    api.send("POST", "/v3/openmeter/events", "application/cloudevents+json", """
                    {"specversion":"1.0","id":"%d","source":"it","type":"call","subject":"acme",
                     "time":"2026-03-0%dT10:00:00Z","data":{"n":%d}}""".formatted(i, i, i));
            assertThat(sent.status()).isEqualTo(202);
        }
        Eventually.holds(COUNTED_MAX, () -> assertThat(changeTotal(meter, 0)).isEqualTo(1));
        assertThat(changeTotal(meter, 40)).isEqualTo(1);
        assertThat(sum(meter)).isEqualTo("46");

        Stack first = stack.again(Map.of()).launch("replay");
        assertThat(first.exitCode()).as(first.terminal()).isEqualTo(1);
        assertThat(days(first, meter)).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).endsWith(" equal");
            assertThat(lines.get(1)).contains(" 2026-03-02 ").endsWith(" DIFFERENT");
            assertThat(lines.get(2)).endsWith(" equal");
        });
        assertThat(sum(meter)).isEqualTo("6");

        Stack second = stack.again(Map.of()).launch("replay");
        assertThat(second.exitCode()).as(second.terminal()).isZero();
        assertThat(days(second, meter)).hasSize(3).allMatch(line -> line.endsWith(" equal"));
        assertThat(second.terminal()).endsWith(" 0 differ.\n");
        assertThat(sum(meter)).isEqualTo("6");
    }

    @Test
    void without_a_stack_there_is_nothing_to_replay() {
        try (Stack nowhere = Stack.fresh(Map.of()).launch("replay")) {
            assertThat(nowhere.exitCode()).isEqualTo(1);
            assertThat(nowhere.terminal()).startsWith("There is no stack in ").contains("USANCE_HOME");
        }
    }

    private List<String> days(Stack replay, String meter) {
        return replay.terminal()
                .lines()
                .filter(line -> line.startsWith(tenant.namespace() + " " + meter + " "))
                .toList();
    }

    private String sum(String meter) {
        return api.post("/v3/openmeter/meters/" + meter + "/query", "{}").text("/data/0/value");
    }

    /** Of the second day; returns how many there are once all three days are counted. */
    private int changeTotal(String meter, int by) {
        try (Connection database = DriverManager.getConnection(stack.postgresUrl());
                PreparedStatement statement = database.prepareStatement("""
                        update ingestion.total t set number = number + ?
                        from ingestion.counting c
                        where c.namespace = t.namespace and c.id = t.counting_id and c.state = 'live' and c.meter_id = ?
                          and t.level = 86400 and t.subject = '' and t.starts_at = '2026-03-02T00:00:00Z'
                          and 3 = (select count(*) from ingestion.total o
                                   where o.namespace = t.namespace and o.counting_id = t.counting_id
                                     and o.level = 86400 and o.subject = '')
                        """)) {
            statement.setInt(1, by);
            statement.setString(2, meter);
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
