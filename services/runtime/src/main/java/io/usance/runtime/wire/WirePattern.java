package io.usance.runtime.wire;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/** A schema's pattern, as JSON Schema means it, that no text can make expensive. */
final class WirePattern implements RegularExpression {
    /** Longer texts match no pattern: Java's would take the stack for the repetitions of a group. */
    static final int LENGTH_MAX = JsonSafety.NUMBER_DIGITS_MAX;

    private static final String END = "$";

    private final Pattern pattern;

    WirePattern(String pattern) {
        // Java's $ holds before a line feed at the end as well.
        this.pattern = Pattern.compile(
                pattern.endsWith(END) ? pattern.substring(0, pattern.length() - END.length()) + "\\z" : pattern);
    }

    @Override
    public boolean matches(String text) {
        return text.length() <= LENGTH_MAX && pattern.matcher(text).find();
    }
}
