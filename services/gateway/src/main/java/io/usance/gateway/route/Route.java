package io.usance.gateway.route;

import java.util.List;

/**
 * Says who answers the paths that begin with a pattern.
 *
 * @param pattern segments after {@value ApiPath#BASE}; {@code *} stands for any one segment
 * @param upstream who answers
 * @param isStream whether the answer goes on for as long as both sides like
 */
public record Route(List<String> pattern, Upstream upstream, boolean isStream) {
    private static final String ANY = "*";

    static Route of(String pattern, Upstream upstream) {
        return new Route(List.of(pattern.split("/")), upstream, false);
    }

    static Route stream(String pattern, Upstream upstream) {
        return new Route(List.of(pattern.split("/")), upstream, true);
    }

    boolean leads(ApiPath path) {
        List<String> segments = path.segments();
        if (segments.size() < pattern.size()) {
            return false;
        }
        for (int position = 0; position < pattern.size(); position++) {
            String wanted = pattern.get(position);
            if (!wanted.equals(ANY) && !wanted.equals(segments.get(position))) {
                return false;
            }
        }
        return true;
    }

    /** Its name in metrics. */
    public String id() {
        return String.join("/", pattern);
    }
}
