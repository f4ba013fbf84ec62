package io.usance.ingestion.usage;

import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.contracts.catalog.Meter;
import io.usance.kernel.meter.DimensionFilter;
import io.usance.kernel.meter.Granularity;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A question about a meter's usage that can be answered.
 *
 * @param from inclusive, null for no bound
 * @param to exclusive, null for no bound
 * @param granularity null for no windows
 * @param groupBy the subject and the customer first, if they are asked for
 * @param filters on the meter's own dimensions
 * @param subjects null for all
 * @param customers null for all
 */
record UsageQuery(
        Meter meter,
        Instant from,
        Instant to,
        Granularity granularity,
        ZoneId zone,
        List<String> groupBy,
        Map<String, DimensionFilter> filters,
        Set<String> subjects,
        Set<String> customers) {

    /** Dimensions that every meter has. */
    static final String SUBJECT = "subject";

    static final String CUSTOMER = "customer_id";

    boolean isGroupedBy(String dimension) {
        return groupBy.contains(dimension);
    }

    /** What of {@link #groupBy} are the meter's own dimensions. */
    List<String> ownDimensions() {
        return groupBy.stream()
                .filter(name -> !name.equals(SUBJECT) && !name.equals(CUSTOMER))
                .toList();
    }

    /** Where counting begins: the meter may be told not to look further back than some time. */
    Instant countedFrom() {
        return later(from, meter.eventsFrom());
    }

    static Instant later(Instant from, Instant eventsFrom) {
        return from == null || (eventsFrom != null && eventsFrom.isAfter(from)) ? eventsFrom : from;
    }

    /** The same question about usage for which {@code also} holds too. */
    UsageQuery and(Map<String, DimensionFilter> also) {
        Map<String, DimensionFilter> all = new HashMap<>(filters);
        also.forEach((dimension, filter) ->
                all.merge(dimension, filter, (asked, given) -> new DimensionFilter.All(List.of(asked, given))));
        return new UsageQuery(meter, from, to, granularity, zone, groupBy, all, subjects, customers);
    }

    /** Whether {@code request} names only dimensions that {@code meter} has. */
    static boolean fits(Meter meter, MeterQueryRequest request) {
        Set<String> known = dimensions(meter);
        return known.containsAll(filters(request).keySet()) && known.containsAll(groupBy(request));
    }

    /**
     * Checks what the schema of the request cannot.
     *
     * @throws ProblemException 400 that names every fault
     */
    static UsageQuery of(Meter meter, MeterQueryRequest request) {
        return new Reading(meter, request).read();
    }

    private static Set<String> dimensions(Meter meter) {
        Set<String> known = new TreeSet<>(meter.dimensions().keySet());
        known.add(SUBJECT);
        known.add(CUSTOMER);
        return known;
    }

    private static Map<String, DimensionFilterSpec> filters(MeterQueryRequest request) {
        return request.filters() == null || request.filters().dimensions() == null
                ? Map.of()
                : request.filters().dimensions();
    }

    private static List<String> groupBy(MeterQueryRequest request) {
        return request.groupByDimensions() == null ? List.of() : request.groupByDimensions();
    }

    /** Reading a request; collects its faults. */
    private static final class Reading {
        private static final String FILTERS = "filters.dimensions.";

        private final Meter meter;
        private final MeterQueryRequest request;
        private final List<InvalidParameter> faults = new ArrayList<>();

        Reading(Meter meter, MeterQueryRequest request) {
            this.meter = meter;
            this.request = request;
        }

        UsageQuery read() {
            Instant from = micros(request.from());
            Instant to = micros(request.to());
            if (from != null && to != null && !from.isBefore(to)) {
                faults.add(InvalidParameter.body("to", "invalid", "must be after from"));
            }
            ZoneId zone = zone();
            Set<String> subjects = values(SUBJECT);
            Set<String> customers = values(CUSTOMER);
            List<String> groupBy = groups(subjects, customers);
            Map<String, DimensionFilter> filters = filters();
            if (!faults.isEmpty()) {
                throw Problems.invalid(faults);
            }
            Granularity granularity = request.granularity() == null
                    ? null
                    : Granularity.parse(request.granularity()).orElseThrow();
            return new UsageQuery(meter, from, to, granularity, zone, groupBy, filters, subjects, customers);
        }

        /** Events' times are kept to the microsecond; bounds must not be finer than that. */
        private static Instant micros(Instant instant) {
            return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
        }

        private ZoneId zone() {
            if (request.timeZone() == null) {
                return ZoneOffset.UTC;
            }
            if (!ZoneId.getAvailableZoneIds().contains(request.timeZone())) {
                faults.add(InvalidParameter.body(
                        "time_zone", "invalid", "must be the IANA name of a time zone such as Europe/Berlin"));
                return ZoneOffset.UTC;
            }
            return ZoneId.of(request.timeZone());
        }

        /** What a reserved dimension is filtered by; null for no filter. */
        private Set<String> values(String dimension) {
            DimensionFilterSpec spec = UsageQuery.filters(request).get(dimension);
            if (spec == null) {
                return null;
            }
            DimensionFilterSpec onlyThese =
                    new DimensionFilterSpec(null, spec.eq(), null, spec.in(), null, null, null, null, null);
            if (!spec.equals(onlyThese) || (spec.eq() == null && spec.in() == null)) {
                faults.add(InvalidParameter.body(FILTERS + dimension, "invalid", "takes eq and in only"));
                return null;
            }
            Set<String> values = new LinkedHashSet<>();
            if (spec.in() != null) {
                values.addAll(spec.in());
            }
            if (spec.eq() != null) {
                if (spec.in() == null || values.contains(spec.eq())) {
                    values = Set.of(spec.eq());
                } else {
                    values = Set.of();
                }
            }
            return values;
        }

        /** The subject and the customer first; several values of either are split even if nobody asked for it. */
        private List<String> groups(Set<String> subjects, Set<String> customers) {
            List<String> asked = groupBy(request);
            Set<String> known = dimensions(meter);
            for (int i = 0; i < asked.size(); i++) {
                if (!known.contains(asked.get(i))) {
                    faults.add(unknown("group_by_dimensions[" + i + "]", known));
                }
            }
            Set<String> groups = new LinkedHashSet<>();
            if (asked.contains(SUBJECT) || (subjects != null && subjects.size() > 1)) {
                groups.add(SUBJECT);
            }
            if (asked.contains(CUSTOMER) || (customers != null && customers.size() > 1)) {
                groups.add(CUSTOMER);
            }
            groups.addAll(asked);
            return List.copyOf(groups);
        }

        private Map<String, DimensionFilter> filters() {
            Set<String> known = dimensions(meter);
            Map<String, DimensionFilter> filters = new HashMap<>();
            UsageQuery.filters(request).forEach((name, spec) -> {
                if (!known.contains(name)) {
                    faults.add(unknown(FILTERS + name, known));
                } else if (spec == null) {
                    faults.add(InvalidParameter.body(FILTERS + name, "is_object", "must be an object"));
                } else if (spec.depth() > DimensionFilterSpec.DEPTH_MAX) {
                    faults.add(InvalidParameter.body(
                                    FILTERS + name,
                                    "invalid",
                                    "must not nest and/or deeper than " + DimensionFilterSpec.DEPTH_MAX + " levels")
                            .withMaximum(DimensionFilterSpec.DEPTH_MAX));
                } else if (!name.equals(SUBJECT) && !name.equals(CUSTOMER)) {
                    filters.put(name, spec.toFilter());
                }
            });
            return filters;
        }

        private static InvalidParameter unknown(String field, Set<String> known) {
            return InvalidParameter.body(
                            field, "enum", "is not a dimension of this meter, which has " + String.join(", ", known))
                    .withChoices(List.copyOf(known));
        }
    }
}
