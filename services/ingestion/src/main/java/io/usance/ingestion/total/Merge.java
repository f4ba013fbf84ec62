package io.usance.ingestion.total;

import io.usance.kernel.meter.MeterAggregation;

/** How a total that is kept takes in what is added to it, when they meet in an insert into {@code total as t}. */
enum Merge {
    SUM("number = t.number + excluded.number"),

    // Of numbers that are equal and written differently the same one as in a tally.
    LEAST("""
            number = case when (excluded.number, scale(excluded.number)) < (t.number, scale(t.number))
                          then excluded.number else t.number end
            """),

    GREATEST("""
            number = case when (excluded.number, scale(excluded.number)) > (t.number, scale(t.number))
                          then excluded.number else t.number end
            """),

    LATEST("""
            number = case when IS_LATER then excluded.number else t.number end,
            latest_source = case when IS_LATER then excluded.latest_source else t.latest_source end,
            latest_id = case when IS_LATER then excluded.latest_id else t.latest_id end
            """.replace("IS_LATER", """
            (excluded.last_at, excluded.latest_source, excluded.latest_id, excluded.number, scale(excluded.number))
            > (t.last_at, t.latest_source, t.latest_id, t.number, scale(t.number))
            """));

    private final String onConflict;

    Merge(String number) {
        this.onConflict = """
                on conflict (namespace, counting_id, level, subject, starts_at, slice) do update set
                    count = t.count + excluded.count,
                    first_at = least(t.first_at, excluded.first_at),
                    last_at = greatest(t.last_at, excluded.last_at),
                """ + number;
    }

    static Merge of(MeterAggregation aggregation) {
        return switch (aggregation) {
            case COUNT, SUM, AVG, UNIQUE_COUNT -> SUM;
            case MIN -> LEAST;
            case MAX -> GREATEST;
            case LATEST -> LATEST;
        };
    }

    /** What follows the rows of the insert. */
    String onConflict() {
        return onConflict;
    }
}
