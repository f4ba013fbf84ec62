package io.usance.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Writes events as the JSON of CloudEvents into one reused buffer. The event of a number is always the same but for its
 * time; its subject, type and values look random. For one thread.
 */
final class EventWriter {
    static final int SUBJECT_DIGITS = 6;
    private static final int NUMBER_DIGITS = 12;
    private static final int USERS = 50;
    private static final int TOKENS_MAX = 1_000;
    private static final List<byte[]> MODELS = ascii("gpt-4o", "gpt-4o-mini", "sonnet", "llama-3");
    private static final List<byte[]> REGIONS = ascii("eu-central-1", "us-east-1", "ap-south-1");

    private static final byte[] ID = ascii("{\"specversion\":\"1.0\",\"id\":\"");
    private static final byte[] TYPE = ascii("\",\"source\":\"bench\",\"type\":\"bench-completion-");
    private static final byte[] SUBJECT = ascii("\",\"subject\":\"subject-");
    private static final byte[] TIME = ascii("\",\"time\":\"");
    private static final byte[] TOKENS = ascii("\",\"datacontenttype\":\"application/json\",\"data\":{\"tokens\":\"");
    private static final byte[] MODEL = ascii("\",\"model\":\"");
    private static final byte[] REGION = ascii("\",\"region\":\"");
    private static final byte[] USER = ascii("\",\"user\":\"u-");
    private static final byte[] END = ascii("\"}}");

    private final byte[] run;
    private final int subjects;
    private byte[] bytes = new byte[64 * 1024];
    private int length;
    private long second = Long.MIN_VALUE;
    private byte[] secondText;

    /**
     * @param run begins the id of every event, so that no two runs on the same data have the same
     * @param subjects 1 to 1,000,000
     */
    EventWriter(String run, int subjects) {
        this.run = ascii(run + "-");
        this.subjects = subjects;
    }

    /** The number of the type of an event, below {@link Shop#TYPES}. */
    static int type(long number) {
        return (int) Long.remainderUnsigned(mix(number) >>> 8, Shop.TYPES);
    }

    /** The value of an event, 1 to {@value #TOKENS_MAX}. */
    static int tokens(long number) {
        return 1 + (int) Long.remainderUnsigned(mix(number) >>> 20, TOKENS_MAX);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Adds one byte of punctuation. */
    void add(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    /** Adds what another event or part of one was written as. */
    void add(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** Adds the event of that number, from 0. */
    void event(long number, long occurredAtMillis) {
        int type = type(number);
        long random = mix(number);
        add(ID);
        add(run);
        number(number, NUMBER_DIGITS);
        add(TYPE);
        number(type, 1);
        add(SUBJECT);
        number(Long.remainderUnsigned(mix(random), subjects), SUBJECT_DIGITS);
        add(TIME);
        time(occurredAtMillis);
        add(TOKENS);
        number(tokens(number), 1);
        add(MODEL);
        add(MODELS.get((int) (random >>> 40) & 3));
        add(REGION);
        add(REGIONS.get((int) Long.remainderUnsigned(random >>> 44, REGIONS.size())));
        add(USER);
        number(Long.remainderUnsigned(random >>> 50, USERS), 2);
        add(END);
    }

    /** The number with at least so many digits. */
    static String digits(long number, int least) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, least - text.length())) + text;
    }

    private void time(long millis) {
        long wanted = Math.floorDiv(millis, 1_000);
        if (wanted != second) {
            second = wanted;
            secondText = ascii(Instant.ofEpochSecond(wanted).toString().substring(0, 19) + ".");
        }
        add(secondText);
        number(Math.floorMod(millis, 1_000), 3);
        add('Z');
    }

    private void number(long number, int least) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int width = Math.max(least, digits);
        ensure(width);
        long rest = number;
        for (int place = length + width - 1; place >= length; place--) {
            bytes[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    private void ensure(int more) {
        if (bytes.length < length + more) {
            bytes = Arrays.copyOf(bytes, (length + more) * 2);
        }
    }

    /** Spreads neighbors far apart (the finalizer of SplitMix64). */
    private static long mix(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<byte[]> ascii(String... texts) {
        return Arrays.stream(texts).map(EventWriter::ascii).toList();
    }
}
