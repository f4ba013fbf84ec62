package io.usance.runtime.wire;

import io.usance.runtime.problem.InvalidParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules for labels that a schema cannot say: what a key may be. */
public final class Labels {
    public static final int KEY_LENGTH_MAX = 63;
    public static final List<String> RESERVED_PREFIXES =
            List.of("_", "kong", "konnect", "insomnia", "mesh", "kic", "kuma", "openmeter");

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?");

    /**
     * What is wrong with the keys of {@code labels}.
     *
     * @param field where the labels stand in the body, e.g. {@code phases[0].labels}
     * @param labels null for none
     */
    public static List<InvalidParameter> faults(String field, Map<String, String> labels) {
        List<InvalidParameter> faults = new ArrayList<>();
        for (String key : labels == null ? List.<String>of() : labels.keySet()) {
            String where = field + "." + key;
            if (key.length() > KEY_LENGTH_MAX) {
                faults.add(InvalidParameter.body(
                                where, "max_length", "a label's key has at most " + KEY_LENGTH_MAX + " characters")
                        .withMaximum(KEY_LENGTH_MAX));
            } else if (RESERVED_PREFIXES.stream().anyMatch(key::startsWith)) {
                faults.add(InvalidParameter.body(
                        where, "is_label", "starts with a reserved prefix, one of " + RESERVED_PREFIXES));
            } else if (!KEY.matcher(key).matches()) {
                faults.add(InvalidParameter.body(
                        where,
                        "is_label",
                        "a label's key is of letters, digits, '.', '_' and '-', with a letter or digit at its ends"));
            }
        }
        return faults;
    }

    private Labels() {}
}
