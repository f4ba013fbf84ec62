package io.usance.local.chaos;

import io.usance.local.chaos.SentEvent.Amount;
import io.usance.local.chaos.SentEvent.Word;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All that is sent in a run, as a function of the seed: events by their numbers, from 0 on, and the order in which they are
 * delivered. One in twenty is delivered twice, of which some say something else the second time; one in a hundred is late.
 */
final class Traffic {
    static final List<String> TYPES = List.of("chaos.request", "chaos.job");
    static final List<String> MODELS = List.of("small", "medium", "large", "huge");
    static final List<String> REGIONS = List.of("eu-central", "us-east", "ap-south");
    static final int SUBJECTS = 300;

    /** How far back the latest events reach. */
    static final Duration LATENESS_MAX = Duration.ofDays(200);

    /** How far ahead of their time events may be. */
    static final Duration EARLINESS_MAX = Duration.ofHours(40);

    private static final int USERS = 250;
    private static final int SHUFFLE_MAX = 20_000;
    private static final long PLACE_MASK = 0xFFFF_FFFFL;
    private static final Duration NOT_LATE = Duration.ofMinutes(10);

    /** What becomes of an event. */
    private enum Fate {
        ONCE,
        /** The same again, next to it. */
        SAME_BATCH,
        SOON_AGAIN,
        LATER_AGAIN,
        /** Other data, and often another type and subject. */
        OTHER_BODY,
        /** The same data, hours apart. */
        OTHER_TIME
    }

    private final long seed;
    private final int events;
    private final int[] deliveries;

    Traffic(long seed, int events) {
        this.seed = seed;
        this.events = events;
        this.deliveries = shuffled();
    }

    int events() {
        return events;
    }

    /** How many deliveries there are; every event is in one or two of them. */
    int deliveries() {
        return deliveries.length;
    }

    /** Number of the event in the delivery at {@code place}. */
    int number(int place) {
        return deliveries[place] >> 1;
    }

    /** Which content the delivery at {@code place} has: 0 or 1. */
    int variant(int place) {
        return deliveries[place] & 1;
    }

    /** Whether the event comes with two different contents. */
    boolean isConflicting(int number) {
        return switch (fate(number)) {
            case OTHER_BODY, OTHER_TIME -> true;
            case ONCE, SAME_BATCH, SOON_AGAIN, LATER_AGAIN -> false;
        };
    }

    /**
     * What an event says.
     *
     * @param variant 0, or 1 for the other content of a conflicting event
     * @param around the time at which it was to be sent
     */
    SentEvent event(int number, int variant, Instant around) {
        boolean otherTime = variant == 1 && fate(number) == Fate.OTHER_TIME;
        SplittableRandom random = random(otherTime ? 0 : variant, number);
        String type = TYPES.get(random.nextInt(5) == 0 ? 1 : 0);
        String subject = "subject-" + random.nextInt(SUBJECTS);
        Instant occurredAt = occurredAt(random, around);
        boolean writtenAbroad = random.nextInt(8) == 0;
        Amount amount = amount(random);
        Word model = word(random, MODELS);
        Word region = word(random, REGIONS);
        Word user = user(random);
        if (otherTime) {
            occurredAt = occurredAt.plus(Duration.ofHours(random.nextInt(1, 20) * (random.nextBoolean() ? 1 : -1)));
        } else if (random.nextInt(50) == 0 && fate(number) != Fate.OTHER_TIME) {
            occurredAt = null;
        }
        return new SentEvent(
                source(number), id(number), type, subject, occurredAt, writtenAbroad, amount, model, region, user);
    }

    // ------------------------------------------------------------------------------------------------------ identities

    /** Of every fifty events two are one another's if source and id are just written side by side, and a third has the id of
     * the first. */
    String source(int number) {
        return switch (number % 50) {
            case 0 -> "a";
            case 1 -> "a-b";
            case 2 -> "https://elsewhere.example/chaos";
            default -> "https://producer-" + number % 7 + ".example/chaos";
        };
    }

    String id(int number) {
        return switch (number % 50) {
            case 0 -> "b-" + number;
            case 1 -> String.valueOf(number - 1);
            case 2 -> "b-" + (number - 2);
            default -> "e" + number;
        };
    }

    /** The number of the event with that identity, or −1 if there is none. */
    int number(String source, String id) {
        String digits = id.replaceAll("\\D", "");
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        int near = Integer.parseInt(digits);
        for (int number = near; number <= near + 2 && number < events; number++) {
            if (source(number).equals(source) && id(number).equals(id)) {
                return number;
            }
        }
        return -1;
    }

    // ------------------------------------------------------------------------------------------------------------
    // order

    private int[] shuffled() {
        int window = Math.min(SHUFFLE_MAX, events / 10);
        long[] order = new long[2 * events];
        int[] drawn = new int[2 * events];
        int count = 0;
        for (int number = 0; number < events; number++) {
            SplittableRandom random = random(2, number);
            long place = 4L * (number + random.nextInt(Math.max(1, window)));
            drawn[count] = number << 1;
            order[count] = place << 32 | count;
            count++;
            long again =
                    switch (fate(number)) {
                        case ONCE -> -1;
                        case SAME_BATCH -> place + 1;
                        case SOON_AGAIN -> place + 4L * random.nextInt(1, Math.max(2, window));
                        case LATER_AGAIN -> place + 2L * events;
                        case OTHER_BODY, OTHER_TIME ->
                            random.nextInt(3) == 0 ? place + 1 : place + 4L * random.nextInt(events);
                    };
            if (again >= 0) {
                drawn[count] = number << 1 | (isConflicting(number) ? 1 : 0);
                order[count] = again << 32 | count;
                count++;
            }
        }
        Arrays.sort(order, 0, count);
        int[] shuffled = new int[count];
        for (int place = 0; place < count; place++) {
            shuffled[place] = drawn[(int) (order[place] & PLACE_MASK)];
        }
        return shuffled;
    }

    private Fate fate(int number) {
        SplittableRandom random = random(3, number);
        return random.nextInt(20) != 0 ? Fate.ONCE : Fate.values()[random.nextInt(1, Fate.values().length)];
    }

    // ----------------------------------------------------------------------------------------------------------
    // content

    private static Instant occurredAt(SplittableRandom random, Instant around) {
        Instant nearby = around.plusNanos(1_000L * random.nextInt(-20_000_000, 1));
        return switch (random.nextInt(200)) {
            case 0, 1 -> nearby.minusSeconds(random.nextLong(NOT_LATE.toSeconds(), LATENESS_MAX.toSeconds()));
            case 2 -> nearby.plusSeconds(random.nextLong(EARLINESS_MAX.toSeconds()));
            default -> nearby;
        };
    }

    private static Amount amount(SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 90) {
            BigDecimal number = number(random, kind);
            String written = kind % 3 == 0 ? number.toString() : number.toPlainString();
            return new Amount(random.nextBoolean() ? written : quoted(written), number);
        }
        return new Amount(
                switch (kind) {
                    case 90 -> null;
                    case 91 -> "null";
                    case 92 -> "\"\"";
                    case 93 -> "\"many\"";
                    case 94 -> "\"NaN\"";
                    case 95 -> "\"-Infinity\"";
                    case 96 -> "true";
                    case 97 -> "{\"value\": 1}";
                    case 98 -> "[1, 2]";
                    default -> "123456789012345678901234567890123456789";
                },
                null);
    }

    private static BigDecimal number(SplittableRandom random, int kind) {
        if (kind < 50) {
            return BigDecimal.valueOf(random.nextLong(1_000_000_000), random.nextInt(7));
        } else if (kind < 60) {
            return BigDecimal.valueOf(-random.nextLong(1_000_000), random.nextInt(4));
        } else if (kind < 75) {
            return BigDecimal.valueOf(random.nextInt(1_000));
        } else if (kind < 82) {
            return BigDecimal.valueOf(random.nextInt(1, 10_000), random.nextInt(-6, 12));
        }
        BigInteger digits = BigInteger.valueOf(random.nextLong(100_000_000_000_000_000L, 999_999_999_999_999_999L))
                .multiply(BigInteger.TEN.pow(20))
                .add(BigInteger.valueOf(random.nextLong(Long.MAX_VALUE)));
        return new BigDecimal(digits, random.nextInt(20, 40));
    }

    private static Word word(SplittableRandom random, List<String> words) {
        return switch (random.nextInt(40)) {
            case 0 -> new Word(null, "");
            case 1 -> new Word("null", "");
            case 2 -> new Word("7", "7");
            default -> {
                String word = words.get(random.nextInt(words.size()));
                yield new Word(quoted(word), word);
            }
        };
    }

    private static Word user(SplittableRandom random) {
        return switch (random.nextInt(50)) {
            case 0 -> new Word(null, "");
            case 1 -> new Word("null", "");
            case 2 -> new Word("\"\"", "");
            case 3 -> new Word("\"null\"", "");
            case 4 -> new Word("{}", "");
            case 5 -> new Word("17", "17");
            case 6 -> new Word("\"17\"", "17");
            default -> {
                String user = "user-" + random.nextInt(USERS);
                yield new Word(quoted(user), user);
            }
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** A source of its own for each purpose and event. */
    private SplittableRandom random(int purpose, int number) {
        return new SplittableRandom(seed * 31 + ((long) purpose << 32 | number) * 0x9E37_79B9_7F4A_7C15L);
    }
}
