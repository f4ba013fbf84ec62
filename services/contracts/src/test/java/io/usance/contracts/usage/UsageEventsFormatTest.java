package io.usance.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usance.contracts.usage.UsageEvents.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageEventsFormatTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    /** Two events; the second has the source and the subject of the first. */
    private static final UsageEvents TWO = new UsageEvents(
            "acme",
            NOW,
            List.of(
                    new UsageEvent("s", "1", "t", "j", Instant.EPOCH, "{}"),
                    new UsageEvent("s", "2", "u", "j", Instant.parse("1969-12-31T23:59:59.999999Z"), "{é}")));

    private static final String TWO_IN_HEX = "02" + "04" + "61636d65" + "00064c2bc70d9000" + "02"
            + "0173" + "0131" + "0174" + "016a" + "0000000000000000" + "027b7d"
            + "00" + "0132" + "0175" + "00" + "ffffffffffffffff" + "047bc3a97d";

    @Test
    void a_record_stays_as_it_is_because_topics_hold_it() {
        assertThat(HexFormat.of().formatHex(UsageEventsFormat.write(TWO))).isEqualTo(TWO_IN_HEX);
        assertThat(UsageEventsFormat.read(HexFormat.of().parseHex(TWO_IN_HEX))).isEqualTo(TWO);
    }

    @Test
    void what_is_written_is_read() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<UsageEvent> events = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                events.add(new UsageEvent(
                        text(random, 1, 3),
                        text(random, 0, 200),
                        text(random, 1, 3),
                        text(random, 1, 1_024),
                        Instant.ofEpochSecond(random.nextLong(7_258_118_400L), random.nextInt(1_000_000) * 1_000L),
                        text(random, 0, 20_000)));
            }
            UsageEvents written = new UsageEvents(text(random, 0, 30), NOW, events);
            assertThat(UsageEventsFormat.read(UsageEventsFormat.write(written))).isEqualTo(written);
        }
    }

    private static String text(Random random, int lengthMin, int lengthMax) {
        String letters = random.nextBoolean() ? "ab" : "aé\u20ac\0";
        StringBuilder text = new StringBuilder();
        for (int i = lengthMin + random.nextInt(lengthMax - lengthMin + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void a_record_that_is_cut_anywhere_or_goes_on_is_refused() {
        byte[] record = UsageEventsFormat.write(TWO);
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> UsageEventsFormat.read(cut))
                    .as("length %d", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> UsageEventsFormat.read(Arrays.copyOf(record, record.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // No event, more events than bytes, a count that does not end, and a text longer than an int.
                "0201610000000000000000" + "00",
                "0201610000000000000000" + "ffffffff07" + "00000000000000000000000000000000",
                "0201610000000000000000" + "ffffffffff",
                "02" + "ffffffff0f" + "61",
                "02" + "ffffffff07" + "61",
            })
    void numbers_that_cannot_be_are_refused_before_memory_is_taken_for_them(String record) {
        assertThatThrownBy(() -> UsageEventsFormat.read(HexFormat.of().parseHex(record)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noise_is_refused_or_read_and_nothing_else() {
        Random random = new Random(11);
        byte[] record = UsageEventsFormat.write(TWO);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = record.clone();
            noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            try {
                assertThat(UsageEventsFormat.read(noise).events()).isNotEmpty();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }

    @Test
    void json_is_told_apart() {
        assertThat(UsageEventsFormat.isOf("{\"namespace\":\"acme\"}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(UsageEventsFormat.isOf(new byte[0])).isFalse();
        assertThat(UsageEventsFormat.isOf(UsageEventsFormat.write(TWO))).isTrue();
    }

    @Test
    void an_attribute_that_is_empty_would_be_taken_for_the_one_before_and_is_not_written() {
        UsageEvents empty = new UsageEvents("a", NOW, List.of(new UsageEvent("", "1", "t", "j", NOW, "{}")));
        assertThatThrownBy(() -> UsageEventsFormat.write(empty)).isInstanceOf(IllegalArgumentException.class);
    }
}
