package io.usance.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.contracts.Topics;
import io.usance.contracts.usage.UsageEvents;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.KafkaBroker;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class StoreEventsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicInteger LOGS = new AtomicInteger();

    @Inject
    StoreEvents storeEvents;

    @Inject
    UsageEventRecords records;

    @Inject
    MeterRegistry metrics;

    @Inject
    ObjectMapper json;

    private final Tenant tenant = new Tenant();

    /** A log that no other test reads: offsets start at 0. */
    private final String log = "test-log-" + LOGS.incrementAndGet();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void any_order_and_any_batching_of_events_with_duplicates_stores_the_same(long seed) {
        Random random = new Random(seed);
        List<UsageEvent> sent = new ArrayList<>();
        Set<String> identities = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            // Source a and id b-c, and source a-b and id c, are two events.
            String source = random.nextBoolean() ? "a" : "a-b";
            String id = List.of("c", "b-c", "d", "b-d").get(random.nextInt(4)) + random.nextInt(5);
            identities.add(source + "|" + id);
            sent.add(event(source, id));
        }
        Collections.shuffle(sent, random);
        List<LogRecord> read = new ArrayList<>();
        int offset = 0;
        while (!sent.isEmpty()) {
            int size = 1 + random.nextInt(Math.min(7, sent.size()));
            read.add(record(offset++, new ArrayList<>(sent.subList(0, size))));
            sent.subList(0, size).clear();
        }
        for (int start = 0; start < read.size(); ) {
            int end = start + 1 + random.nextInt(read.size() - start);
            store(read.subList(start, end));
            if (random.nextInt(3) == 0) {
                // Read again from some earlier place, as after a crash.
                store(read.subList(random.nextInt(end), end));
            }
            start = end;
        }
        assertThat(Database.column(
                        "select source || '|' || id from ingestion.event where namespace = ?", tenant.namespace()))
                .containsExactlyInAnyOrderElementsOf(identities);
    }

    @Test
    void the_first_of_two_with_one_identity_wins() {
        store(List.of(record(0, List.of(event("s", "1", "first"), event("s", "1", "second")))));
        store(List.of(record(1, List.of(event("s", "1", "third")))));
        assertThat(Database.column("select body from ingestion.event where namespace = ?", tenant.namespace()))
                .containsExactly("first");
    }

    @Test
    void one_identity_in_two_tenants_is_two_events() {
        Tenant other = new Tenant();
        store(List.of(record(0, tenant, List.of(event("s", "1"))), record(1, other, List.of(event("s", "1")))));
        assertThat(tenant.stored()).isEqualTo(1);
        assertThat(other.stored()).isEqualTo(1);
    }

    @Test
    void records_below_the_stored_offset_are_dropped_and_the_offset_never_goes_back() {
        store(List.of(record(0, List.of(event("s", "1"))), record(1, List.of(event("s", "2")))));
        Database.update("delete from ingestion.event where namespace = ?", tenant.namespace());
        store(List.of(record(0, List.of(event("s", "1"))), record(1, List.of(event("s", "2")))));
        assertThat(tenant.stored()).isZero();
        store(List.of(record(0, List.of(event("s", "1")))));
        assertThat(nextOffset()).isEqualTo(2);
    }

    @Test
    void a_topic_that_was_made_anew_is_read_from_its_beginning() {
        store(List.of(record(0, List.of(event("s", "1")))));
        storeEvents.store(List.of(record(0, List.of(event("s", "2")))), log + "-anew");
        assertThat(tenant.stored()).isEqualTo(2);
    }

    @Test
    void records_of_a_log_that_was_cut_off_and_went_on_are_stored_though_their_offsets_are_known() {
        store(List.of(
                record(0, 4, List.of(event("s", "1"))),
                record(1, 4, List.of(event("s", "2"))),
                record(2, 4, List.of(event("s", "3")))));
        // A later leader lacked the records from 1 on, and wrote others.
        store(List.of(record(0, 4, List.of(event("s", "1"))), record(1, 5, List.of(event("s", "4")))));
        assertThat(tenant.stored()).isEqualTo(4);
        assertThat(nextOffset()).isEqualTo(2);
        store(List.of(record(1, 5, List.of(event("s", "4"))), record(2, 5, List.of(event("s", "5")))));
        assertThat(tenant.stored()).isEqualTo(5);
        assertThat(nextOffset()).isEqualTo(3);
    }

    @Test
    void a_database_that_has_less_than_it_had_is_noticed_before_anything_is_skipped() {
        store(List.of(record(0, List.of(event("s", "1"))), record(1, List.of(event("s", "2")))));
        Database.update("update ingestion.consumer_offset set next_offset = 1 where log_id = ?", log);
        assertThatThrownBy(() -> store(List.of(record(2, List.of(event("s", "3"))))))
                .hasMessageContaining("gone back from offset 2 of partition 0 to 1");
        // What the service does then: it reads again from where the database says.
        store(List.of(record(1, List.of(event("s", "2"))), record(2, List.of(event("s", "3")))));
        assertThat(tenant.stored()).isEqualTo(3);
    }

    @Test
    void identities_are_what_the_migration_of_older_events_makes_them() {
        store(List.of(record(0, List.of(event("söurce", "id-1"), event("s", "2")))));
        assertThat(Database.column("""
                        select i.digest = encode(substring(sha256(convert_to(e.id, 'UTF8')) for 4)
                            || substring(sha256(convert_to(octet_length(e.source) || ':' || e.source || e.id, 'UTF8'))
                               for 12), 'hex')::uuid
                        from ingestion.event e
                        left join ingestion.event_identity i on i.namespace = e.namespace
                            and i.digest >= (encode(substring(sha256(convert_to(e.id, 'UTF8')) for 4), 'hex')
                                || repeat('0', 24))::uuid
                            and i.digest <= (encode(substring(sha256(convert_to(e.id, 'UTF8')) for 4), 'hex')
                                || repeat('f', 24))::uuid
                        where e.namespace = ?""", tenant.namespace())).containsExactly("t", "t");
    }

    @Test
    void duplicates_are_counted_as_such() {
        double stored = metrics.counter("ingestion.events.stored").count();
        double duplicates = metrics.counter("ingestion.events.duplicates").count();
        // A topic of its own, but the counters belong to the service: only what this adds is known at least.
        store(List.of(record(0, List.of(event("s", "1"), event("s", "1"), event("s", "2")))));
        store(List.of(record(1, List.of(event("s", "2"), event("s", "3")))));
        assertThat(metrics.counter("ingestion.events.stored").count() - stored).isEqualTo(3);
        assertThat(metrics.counter("ingestion.events.duplicates").count() - duplicates)
                .isEqualTo(2);
    }

    @Test
    void what_comes_again_with_other_content_is_counted_as_conflicting() {
        double before = metrics.counter("ingestion.events.conflicting").count();
        store(List.of(record(0, List.of(event("s", "1", "first"), event("s", "2", "same")))));
        store(List.of(
                record(1, List.of(event("s", "1", "second"), event("s", "2", "same"), event("s", "1", "first")))));
        store(List.of(record(2, List.of(event("s", "3", "one"), event("s", "3", "other")))));
        assertThat(metrics.counter("ingestion.events.conflicting").count() - before)
                .isEqualTo(2);
    }

    @Test
    void a_source_and_an_id_are_not_run_together() {
        store(List.of(record(0, List.of(event("a", "b-c"), event("a-b", "c")))));
        assertThat(tenant.stored()).isEqualTo(2);
    }

    @Test
    void an_event_that_the_database_refuses_is_put_aside_and_the_others_are_stored() {
        List<LogRecord> read = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            read.add(record(i, List.of(event("s", "good" + i))));
        }
        // Two bad ones among their request's good ones, which are stored with all the others.
        read.set(
                4,
                record(
                        4,
                        List.of(
                                event("s", "neighbour1"),
                                event("s", "bad1\0"),
                                event("s", "neighbour2"),
                                event("s", "bad2\0"),
                                event("s", "neighbour3"))));
        store(read);
        assertThat(tenant.stored()).isEqualTo(9);
        assertThat(nextOffset()).isEqualTo(7);
        List<String> letters = Topic.read(
                        "usance.events.dlq",
                        record -> record.value().contains(tenant.namespace())
                                && Topic.header(record, "origin")
                                        .filter((Topics.EVENTS + "/0/4")::equals)
                                        .isPresent(),
                        2,
                        DEADLINE)
                .stream()
                .map(ConsumerRecord::value)
                .toList();
        assertThat(letters).hasSize(2).noneMatch(letter -> letter.contains("neighbour"));
        assertThat(letters.getFirst()).contains("bad1");
        assertThat(letters.getLast()).contains("bad2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poison of NAMESPACE", """
                {"namespace":"NAMESPACE","received_at":"2026-01-01T00:00:00Z","events":[{"source":"s","id":"1","type":"t",\
                "subject":"acme","occurred_at":"+1000000000-01-01T00:00:00Z","body":"{}"}]}"""})
    void a_record_that_no_request_makes_is_put_aside_and_blocks_nothing(String record) {
        String poison = record.replace("NAMESPACE", tenant.namespace());
        Topic.publish(Topics.EVENTS, tenant.namespace() + "/acme", poison);
        tenant.accepts(Tenant.event("1", "acme", "2026-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(1);
        assertThat(Topic.header(
                        Topic.await("usance.events.dlq", letter -> poison.equals(letter.value()), DEADLINE), "reason"))
                .isPresent();
    }

    @Test
    void the_largest_record_that_the_topic_takes_can_be_put_aside() {
        // Letters at random, or they would be compressed; what the record is wrapped in takes less than the rest.
        String poison = tenant.namespace()
                + new Random(1)
                        .ints('0', 'z' + 1)
                        .filter(Character::isLetterOrDigit)
                        .limit(KafkaBroker.RECORD_SIZE_MAX - 300)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        Topic.publish(Topics.EVENTS, tenant.namespace() + "/acme", poison);
        tenant.accepts(Tenant.event("1", "acme", "2026-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(1);
        Topic.await("usance.events.dlq", letter -> poison.equals(letter.value()), DEADLINE);
    }

    @Test
    void losing_the_database_again_and_again_loses_nothing_and_doubles_nothing() {
        int requests = 60;
        for (int i = 0; i < requests; i++) {
            if (i % 4 == 0) {
                Database.column("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ingestion'");
            }
            String batch = "[" + Tenant.event("x" + i, "acme", "2026-01-01T00:00:00Z", "{}") + ","
                    + Tenant.event("y" + i, "acme", "2026-01-01T00:00:00Z", "{}") + "]";
            assertThat(tenant.send(Tenant.BATCH, batch).statusCode()).isEqualTo(202);
        }
        tenant.awaitStored(2L * requests);
    }

    @Test
    void a_consumer_that_starts_again_goes_on_where_storing_ended() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                tenant.accepts(Tenant.event("e" + round + "-" + i, "acme", "2026-01-01T00:00:00Z", "{}"));
            }
            records.stop();
            records.start();
        }
        tenant.awaitStored(60);
        assertThat(Database.column("""
                        select distinct o.topic from ingestion.consumer_offset o
                        where o.topic = 'usance.events' and o.next_offset > 0""")).hasSize(1);
    }

    @Test
    void a_consumer_that_fails_for_want_of_memory_starts_again() {
        UsageEventRecords consumer = ClientProxy.unwrap(records);
        BatchTrace trace = consumer.trace;
        consumer.trace = new BatchTrace() {
            @Override
            Span start(List<LogRecord> batch) {
                consumer.trace = trace;
                throw new OutOfMemoryError("only said by a test");
            }
        };
        tenant.accepts(Tenant.event("1", "acme", "2026-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(1);
        assertThat(consumer.trace).isSameAs(trace);
    }

    private void store(List<LogRecord> read) {
        storeEvents.store(read, log);
    }

    private long nextOffset() {
        return Database.count(
                "select next_offset from ingestion.consumer_offset where log_id = ? and partition = 0", log);
    }

    private LogRecord record(long offset, List<UsageEvent> events) {
        return record(offset, tenant, events);
    }

    private LogRecord record(long offset, int leaderEpoch, List<UsageEvent> events) {
        LogRecord record = record(offset, events);
        ConsumerRecord<String, byte[]> origin = record.origin();
        return new LogRecord(
                new ConsumerRecord<>(
                        origin.topic(),
                        origin.partition(),
                        offset,
                        origin.timestamp(),
                        origin.timestampType(),
                        origin.serializedKeySize(),
                        origin.serializedValueSize(),
                        origin.key(),
                        origin.value(),
                        origin.headers(),
                        Optional.of(leaderEpoch)),
                record.content());
    }

    private LogRecord record(long offset, Tenant of, List<UsageEvent> events) {
        UsageEvents content = new UsageEvents(of.namespace(), NOW, events);
        byte[] value = json.valueToTree(content).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new LogRecord(new ConsumerRecord<>(Topics.EVENTS, 0, offset, "key", value), content);
    }

    private static UsageEvent event(String source, String id) {
        return event(source, id, "{\"source\":\"" + source + "\",\"id\":\"" + id + "\"}");
    }

    private static UsageEvent event(String source, String id, String body) {
        return new UsageEvent(source, id, "request", "acme", NOW, body);
    }
}
