package io.usance.ingestion.usage.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.meter.Granularity;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UsageGridProperties {
    private static final Instant START = Instant.parse("2026-03-28T22:00:00Z");

    record Entry(String subject, String model, Reading reading) {}

    @Property
    void the_order_of_readings_does_not_show(
            @ForAll MeterAggregation aggregation,
            @ForAll("granularities") Granularity granularity,
            @ForAll("zones") ZoneId zone,
            @ForAll("entries") List<Entry> entries,
            @ForAll Random random) {
        List<Entry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, random);
        assertThat(grid(aggregation, granularity, zone, shuffled).rows(null, null))
                .isEqualTo(grid(aggregation, granularity, zone, entries).rows(null, null));
    }

    @Property
    void regrouping_gives_what_grouping_that_way_gives(
            @ForAll MeterAggregation aggregation,
            @ForAll("granularities") Granularity granularity,
            @ForAll("zones") ZoneId zone,
            @ForAll("entries") List<Entry> entries) {
        UsageGrid byModel = new UsageGrid(aggregation, granularity, zone);
        entries.forEach(entry -> byModel.add(List.of(entry.model()), entry.reading()));
        assertThat(grid(aggregation, granularity, zone, entries)
                        .regroup(group -> List.of(group.get(1)))
                        .rows(null, null))
                .isEqualTo(byModel.rows(null, null));
    }

    @Property
    void windows_hold_their_readings_and_only_windows_with_readings_are_there(
            @ForAll("granularities") Granularity granularity,
            @ForAll("zones") ZoneId zone,
            @ForAll("entries") List<Entry> entries) {
        UsageGrid grid = new UsageGrid(MeterAggregation.COUNT, granularity, zone);
        entries.forEach(entry -> grid.add(List.of(), entry.reading()));
        List<UsageRow> rows = grid.rows(null, null);
        for (UsageRow row : rows) {
            long inside = entries.stream()
                    .map(entry -> entry.reading().occurredAt())
                    .filter(time -> !time.isBefore(row.from()) && time.isBefore(row.to()))
                    .count();
            assertThat(row.value())
                    .isEqualByComparingTo(BigDecimal.valueOf(inside))
                    .isPositive();
        }
        assertThat(rows.stream().map(UsageRow::value).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(BigDecimal.valueOf(entries.size()));
    }

    private static UsageGrid grid(
            MeterAggregation aggregation, Granularity granularity, ZoneId zone, List<Entry> entries) {
        UsageGrid grid = new UsageGrid(aggregation, granularity, zone);
        entries.forEach(entry -> grid.add(List.of(entry.subject(), entry.model()), entry.reading()));
        return grid;
    }

    @Provide
    Arbitrary<Granularity> granularities() {
        return Arbitraries.of(Granularity.class).injectNull(0.2);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<BigDecimal> numbers = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000"), new BigDecimal("1000"))
                .ofScale(4);
        Arbitrary<Duration> offsets =
                Arbitraries.longs().between(0, Duration.ofDays(2).toSeconds()).map(Duration::ofSeconds);
        Arbitrary<Reading> readings = Combinators.combine(
                        numbers,
                        offsets,
                        Arbitraries.integers().between(0, 1_000_000).map(String::valueOf))
                .as((number, offset, id) ->
                        new Reading(number, number.toPlainString(), START.plus(offset), "source", id));
        return Combinators.combine(Arbitraries.of("ann", "bob"), Arbitraries.of("x", "y", ""), readings)
                .as(Entry::new)
                .list()
                .ofMaxSize(40);
    }
}
