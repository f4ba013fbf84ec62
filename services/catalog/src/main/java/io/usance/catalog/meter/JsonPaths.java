package io.usance.catalog.meter;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.Optional;

/** Whether a JSONPath can be used in a meter. */
final class JsonPaths {
    /** What is wrong with {@code path}; empty when nothing is. */
    static Optional<String> fault(String path) {
        try {
            return JsonPath.compile(path).isDefinite()
                    ? Optional.empty()
                    : Optional.of("the path can match several values: name one, without wildcards, filters and ..");
        } catch (InvalidPathException malformed) {
            return Optional.of("not a JSONPath: " + malformed.getMessage());
        }
    }

    private JsonPaths() {}
}
