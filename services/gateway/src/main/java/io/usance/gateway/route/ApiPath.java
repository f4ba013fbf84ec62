package io.usance.gateway.route;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of a request to the API, in the one form in which it is looked up and passed on.
 *
 * <p>Only plain paths count: no percent sign, no empty or dotted segment, no semicolon, no backslash. A service
 * normalises what it gets; were odd forms let through, it might see another path than the one that was looked up
 * here. Ids in paths are ULIDs and keys, so that no honest client needs more.
 *
 * @param segments what follows {@value #BASE}: 1 to 12, none empty
 */
public record ApiPath(List<String> segments) {
    /** What every path of the API begins with. */
    public static final String BASE = "/v3/openmeter/";

    /** The open engine's clients say it with a prefix; it is dropped. */
    private static final String ENGINE_PREFIX = "/api";

    private static final Pattern PLAIN =
            Pattern.compile("(?:(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~:@!$&'()*+,=-]+(?:/|$)){1,12}");

    /** The path that {@code raw}, as it stood in the request line without its query, leads to. */
    public static Optional<ApiPath> parse(String raw) {
        String path = raw.startsWith(ENGINE_PREFIX + "/") ? raw.substring(ENGINE_PREFIX.length()) : raw;
        if (!path.startsWith(BASE)) {
            return Optional.empty();
        }
        String rest = path.substring(BASE.length());
        // One slash at the end means nothing, to the services neither: split drops it.
        return PLAIN.matcher(rest).matches() ? Optional.of(new ApiPath(List.of(rest.split("/")))) : Optional.empty();
    }

    /** As the services know it. */
    @Override
    public String toString() {
        return BASE + String.join("/", segments);
    }
}
