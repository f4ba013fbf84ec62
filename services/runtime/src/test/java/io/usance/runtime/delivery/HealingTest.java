package io.usance.runtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.usance.runtime.problem.Problems;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.WebApplicationException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealingTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "28P01", "40001", "40P01", "53300", "55P03", "57P01", "57P03", "58030", "25006"})
    void a_database_that_is_away_or_busy_heals(String sqlState) {
        assertThat(Healing.heals(new PersistenceException(database(sqlState)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22P02", "42P01", "25001", "XX000", ""})
    void a_database_that_says_no_does_not_heal(String sqlState) {
        assertThat(Healing.heals(new PersistenceException(database(sqlState)))).isFalse();
    }

    @Test
    void a_connection_that_is_refused_lost_or_not_to_be_had_heals() {
        assertThat(Healing.heals(new CompletionException(new ConnectException("refused"))))
                .isTrue();
        assertThat(Healing.heals(new PersistenceException(ClosedConnectionException.INSTANCE)))
                .isTrue();
        assertThat(Healing.heals(new NoStackTraceThrowable("Timeout"))).isTrue();
        assertThat(Healing.heals(new TimeoutException())).isTrue();
        assertThat(Healing.heals(new io.smallrye.mutiny.TimeoutException())).isTrue();
    }

    @Test
    void another_service_that_is_away_or_busy_heals_and_its_bugs_do_not() {
        assertThat(Healing.heals(new CircuitBreakerOpenException("catalog"))).isTrue();
        assertThat(Healing.heals(new WebApplicationException(503))).isTrue();
        assertThat(Healing.heals(new WebApplicationException(429))).isTrue();
        assertThat(Healing.heals(Problems.unavailable("later", Duration.ofSeconds(1))))
                .isTrue();
        assertThat(Healing.heals(new WebApplicationException(500))).isFalse();
        assertThat(Healing.heals(new WebApplicationException(404))).isFalse();
        assertThat(Healing.heals(Problems.notFound("meter", "1"))).isFalse();
    }

    @Test
    void what_cannot_be_read_stays_unreadable_whatever_it_is_wrapped_in() {
        JsonParseException unreadable = new JsonParseException(null, "unexpected");
        assertThat(Healing.heals(unreadable)).isFalse();
        assertThat(Healing.heals(new UncheckedIOException(unreadable))).isFalse();
        assertThat(Healing.heals(new IllegalArgumentException(unreadable))).isFalse();
    }

    @Test
    void a_bug_does_not_heal_and_neither_does_a_ring_of_causes() {
        IllegalStateException ring = new IllegalStateException("a bug");
        ring.initCause(new IllegalStateException(ring));
        assertThat(Healing.heals(new NullPointerException())).isFalse();
        assertThat(Healing.heals(ring)).isFalse();
    }

    private static PgException database(String sqlState) {
        return new PgException("no", "ERROR", sqlState, null);
    }
}
