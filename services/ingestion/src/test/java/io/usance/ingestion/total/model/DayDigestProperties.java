package io.usance.ingestion.total.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DayDigestProperties {
    private static final Instant START = Instant.parse("2026-03-28T23:45:00Z");
    private static final DayDigest.Place PLACE = new DayDigest.Place(900, "ann", START, Slice.of(List.of("gpt-4")));

    record Row(int level, String subject, long count, BigDecimal number, String source, String id) {
        void addTo(DayDigest digest) {
            digest.add(
                    new DayDigest.Place(level, subject, START, PLACE.slice()),
                    "[\"gpt-4\"]",
                    count,
                    number,
                    source,
                    id,
                    START,
                    START.plusSeconds(count));
        }
    }

    @Property
    void the_order_of_totals_does_not_show(@ForAll("rows") List<Row> rows, @ForAll Random random) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        assertThat(digest(shuffled)).isEqualTo(digest(rows));
    }

    @Property
    void one_total_more_or_less_or_otherwise_shows(@ForAll("rows") List<Row> rows, @ForAll("row") Row other) {
        List<Row> more = new ArrayList<>(rows);
        more.add(other);
        assertThat(digest(more)).isNotEqualTo(digest(rows));
        if (!rows.isEmpty()) {
            List<Row> otherwise = new ArrayList<>(rows);
            Row first = otherwise.getFirst();
            otherwise.set(
                    0,
                    new Row(
                            first.level(),
                            first.subject(),
                            first.count() + 1,
                            first.number(),
                            first.source(),
                            first.id()));
            assertThat(digest(otherwise)).isNotEqualTo(digest(rows));
        }
    }

    @Example
    void each_part_of_a_total_shows() {
        List<UUID> digests = List.of(
                one("[]", 1, "1", "s", "i", START, START),
                one("[\"\"]", 1, "1", "s", "i", START, START),
                one("[]", 2, "1", "s", "i", START, START),
                one("[]", 1, "1.1", "s", "i", START, START),
                one("[]", 1, null, "s", "i", START, START),
                one("[]", 1, "1", null, null, START, START),
                one("[]", 1, "1", "si", "", START, START),
                one("[]", 1, "1", "", "si", START, START),
                one("[]", 1, "1", "s", "i", START.minusNanos(1_000), START),
                one("[]", 1, "1", "s", "i", START, START.plusNanos(1_000)));
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Example
    void a_number_is_the_same_however_it_is_written() {
        assertThat(one("[]", 1, "100", "s", "i", START, START))
                .isEqualTo(one("[]", 1, "1e2", "s", "i", START, START))
                .isEqualTo(one("[]", 1, "100.00", "s", "i", START, START));
    }

    @Example
    void different_values_show_and_are_no_totals() {
        DayDigest none = new DayDigest();
        assertThat(none.isEmpty()).isTrue();
        DayDigest value = new DayDigest();
        value.addValue(PLACE, "x");
        DayDigest other = new DayDigest();
        other.addValue(PLACE, "y");
        assertThat(value.isEmpty()).isFalse();
        assertThat(List.of(none.value(), value.value(), other.value())).doesNotHaveDuplicates();
    }

    private static UUID one(
            String dimensions, long count, String number, String source, String id, Instant first, Instant last) {
        DayDigest digest = new DayDigest();
        digest.add(PLACE, dimensions, count, number == null ? null : new BigDecimal(number), source, id, first, last);
        return digest.value();
    }

    private static UUID digest(List<Row> rows) {
        DayDigest digest = new DayDigest();
        rows.forEach(row -> row.addTo(digest));
        return digest.value();
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        return row().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<Row> row() {
        return Combinators.combine(
                        Arbitraries.of(60, 900, 86_400),
                        Arbitraries.of("", "ann", "bob"),
                        Arbitraries.longs().between(0, 5),
                        Arbitraries.of("1", "2.5", "-3").map(BigDecimal::new).injectNull(0.2),
                        Arbitraries.of("s", "t").injectNull(0.5),
                        Arbitraries.of("1", "2").injectNull(0.5))
                .as(Row::new);
    }
}
