package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_figures_stand_to_the_right() {
        assertThat(new Table("limit", "events/s")
                        .row("Kafka", "12")
                        .row("Postgres", "1,234,567")
                        .markdown())
                .isEqualTo("""
                        | limit    |  events/s |
                        | -------- | --------: |
                        | Kafka    |        12 |
                        | Postgres | 1,234,567 |
                        """);
    }

    @Test
    void a_row_has_a_cell_for_each_column() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("a", "b").row("1"));
    }
}
