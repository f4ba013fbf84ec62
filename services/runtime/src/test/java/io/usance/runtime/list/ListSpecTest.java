package io.usance.runtime.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.common.util.QuarkusMultivaluedHashMap;
import org.junit.jupiter.api.Test;

class ListSpecTest {
    private static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("status", FieldKind.EXACT, "status")
            .filterable("meter_id", FieldKind.ID, "meterId")
            .filterable("time", FieldKind.TIME, "occurredAt")
            .filterable("plan_key", FieldKind.TEXT)
            .filterableByAny(
                    "subject",
                    FieldKind.TEXT,
                    "s.subject",
                    "exists (select 1 from SubjectRow s where s.owner = this.id and %s)")
            .sortable("key", "key")
            .sortable("created_at", "createdAt");

    @Test
    void without_parameters_the_first_twenty_come_in_the_default_order() {
        ListRequest request = parse(Map.of());

        assertThat(hql(request)).isEqualTo("namespace = :namespace order by createdAt asc, id asc");
    }

    @Test
    void a_bare_filter_means_equal() {
        assertThat(hql(parse(Map.of("filter[key]", "runs")))).contains("key = :listed0");
    }

    @Test
    void every_operator_of_text_becomes_a_comparison() {
        assertThat(hql(parse(Map.of("filter[key][neq]", "a")))).contains("(key is null or key <> :listed0)");
        assertThat(hql(parse(Map.of("filter[key][oeq]", "a,b")))).contains("key in (:listed0)");
        assertThat(hql(parse(Map.of("filter[key][contains]", "a")))).contains("lower(key) like lower(:listed0) escape");
        assertThat(hql(parse(Map.of("filter[key][ocontains]", "a,b"))))
                .contains(":listed0")
                .contains(" or ")
                .contains(":listed1");
        assertThat(hql(parse(Map.of("filter[key][exists]", "false")))).contains("key is null");
        assertThat(hql(parse(Map.of("filter[key][gt]", "a")))).contains("key > :listed0");
    }

    @Test
    void a_field_with_many_values_is_matched_by_any_of_them_and_is_unequal_when_none_is_equal() {
        assertThat(hql(parse(Map.of("filter[subject]", "a"))))
                .contains("exists (select 1 from SubjectRow s where s.owner = this.id and s.subject = :listed0)");
        assertThat(hql(parse(Map.of("filter[subject][ocontains]", "a,b"))))
                .contains("s.owner = this.id and (lower(s.subject) like lower(:listed0)")
                .contains(" or lower(s.subject) like lower(:listed1)");
        assertThat(hql(parse(Map.of("filter[subject][neq]", "a"))))
                .contains("not exists (select 1 from SubjectRow s where s.owner = this.id and s.subject = :listed0)");
        assertThat(hql(parse(Map.of("filter[subject][exists]", "false"))))
                .contains("not exists (select 1 from SubjectRow s where s.owner = this.id and s.subject is not null)");
    }

    @Test
    void a_time_has_a_year_of_four_digits_in_a_filter_and_in_a_cursor() {
        for (String time : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")) {
            assertThat(parse(Map.of("filter[time]", time))).isNotNull();
            assertThat(Cursor.decode(new Cursor(Instant.parse(time), "1").encode()))
                    .isPresent();
        }
        for (String time : List.of("-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z")) {
            assertThat(faults(Map.of("filter[time]", List.of(time))))
                    .extracting(InvalidParameter::rule)
                    .containsExactly("is_date_time");
            assertThat(Cursor.decode(new Cursor(Instant.parse(time), "1").encode()))
                    .isEmpty();
        }
    }

    @Test
    void a_given_parameter_that_no_condition_names_is_not_bound() {
        Criteria criteria = new Criteria("namespace = :now", Map.of("now", "a", "no", "b"));

        assertThat(criteria.parameters().map()).containsOnlyKeys("now");
    }

    @Test
    void wildcards_in_a_contained_text_stand_for_themselves() {
        Criteria criteria = new Criteria("true", Map.of())
                .and(LIST, List.of(new Condition("key", Operator.CONTAINS, List.of("50%_\\"))));

        assertThat(criteria.parameters().map()).containsValue("%50\\%\\_\\\\%");
    }

    @Test
    void times_are_read_with_any_offset_and_with_an_unencoded_plus() {
        ListRequest request = parse(Map.of("filter[time][gte]", "2026-01-31T10:00:00 02:00"));

        assertThat(request.take("time").orElseThrow().value()).isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
    }

    @Test
    void sorting_takes_several_fields_and_breaks_ties_by_id() {
        assertThat(hql(parse(Map.of("sort", "key desc,created_at"))))
                .endsWith("order by key desc, createdAt asc, id asc");
    }

    @Test
    void everything_that_is_wrong_is_reported_at_once() {
        List<InvalidParameter> faults = faults(Map.of(
                "page[size]", List.of("0"),
                "page[number]", List.of("x"),
                "page[offset]", List.of("1"),
                "filter[nothing]", List.of("1"),
                "filter[status][contains]", List.of("a"),
                "filter[meter_id]", List.of("not-a-ulid"),
                "filter[time][lt]", List.of("yesterday"),
                "filter[key]", List.of("a", "b"),
                "sort", List.of("size")));

        assertThat(faults)
                .extracting(InvalidParameter::field, InvalidParameter::rule)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("page[size]", "min"),
                        org.assertj.core.groups.Tuple.tuple("page[number]", "is_integer"),
                        org.assertj.core.groups.Tuple.tuple("page[offset]", "unknown_property"),
                        org.assertj.core.groups.Tuple.tuple("filter[nothing]", "unknown_property"),
                        org.assertj.core.groups.Tuple.tuple("filter[status][contains]", "enum"),
                        org.assertj.core.groups.Tuple.tuple("filter[meter_id]", "matches_regex"),
                        org.assertj.core.groups.Tuple.tuple("filter[time][lt]", "is_date_time"),
                        org.assertj.core.groups.Tuple.tuple("filter[key]", "invalid"),
                        org.assertj.core.groups.Tuple.tuple("sort", "enum"));
        assertThat(faults).extracting(InvalidParameter::source).containsOnly("query");
    }

    @Test
    void a_field_takes_one_operator() {
        assertThat(faults(Map.of("filter[key][gt]", List.of("a"), "filter[key][lt]", List.of("b"))))
                .singleElement()
                .extracting(InvalidParameter::reason)
                .asString()
                .contains("a field takes one operator");
    }

    @Test
    void a_time_takes_several_operators() {
        assertThat(hql(parse(Map.of(
                        "filter[time][gte]", "2026-01-01T00:00:00Z", "filter[time][lt]", "2026-02-01T00:00:00Z"))))
                .contains(" >= ")
                .contains(" < ");
    }

    @Test
    void lists_and_values_have_bounds() {
        assertThat(faults(Map.of("page[size]", List.of("1001"))))
                .extracting(InvalidParameter::maximum)
                .containsExactly(1000);
        assertThat(faults(Map.of("filter[key][oeq]", List.of("a,".repeat(50) + "a"))))
                .extracting(InvalidParameter::rule)
                .containsExactly("max_items");
        assertThat(faults(Map.of("filter[key]", List.of("a".repeat(1025)))))
                .extracting(InvalidParameter::rule)
                .containsExactly("max_length");
    }

    @Test
    void a_cursor_goes_forward_only_and_cannot_be_made_up() {
        assertThat(cursorFaults(Map.of("page[before]", List.of("x"))))
                .extracting(InvalidParameter::field)
                .containsExactly("page[before]");
        assertThat(cursorFaults(Map.of("page[after]", List.of("%%%"))))
                .extracting(InvalidParameter::field)
                .containsExactly("page[after]");
        assertThat(cursorFaults(Map.of("page[size]", List.of("101"))))
                .extracting(InvalidParameter::maximum)
                .containsExactly(100);
    }

    @Test
    void a_cursor_survives_the_round_trip() {
        Cursor cursor = new Cursor(Instant.parse("2026-01-31T10:00:00.123456Z"), "source|id");

        assertThat(Cursor.decode(cursor.encode())).contains(cursor);
    }

    private record Pear(String id, String key, String plan, Instant at) {
        Comparable<?> value(String expression) {
            return switch (expression) {
                case "id" -> id;
                case "key" -> key;
                case "plan" -> plan;
                default -> at;
            };
        }
    }

    private static final ListSpec PEARS = ListSpec.sortedBy("key")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("plan", FieldKind.LOWER_CASE, "plan")
            .filterable("at", FieldKind.TIME, "at")
            .sortable("key", "key")
            .sortable("at", "at");

    private static Page<Pear> pick(String... namesAndValues) {
        QuarkusMultivaluedHashMap<String, String> parameters = new QuarkusMultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        return PEARS.parse(parameters)
                .pick(
                        List.of(
                                new Pear("4", "b", "gold", null),
                                new Pear("3", "b", null, noon),
                                new Pear("2", "Abc", "silver", noon.plusSeconds(1)),
                                new Pear("1", null, "gold", noon)),
                        Pear::value);
    }

    private static List<String> picked(String... namesAndValues) {
        return pick(namesAndValues).data().stream().map(Pear::id).toList();
    }

    @Test
    void rows_in_memory_are_sorted_as_the_database_sorts() {
        assertThat(picked()).containsExactly("2", "3", "4", "1");
        assertThat(picked("sort", "key desc")).containsExactly("1", "3", "4", "2");
        assertThat(picked("sort", "at,key")).containsExactly("3", "1", "2", "4");
    }

    @Test
    void rows_in_memory_are_filtered_as_the_database_filters() {
        assertThat(picked("filter[key]", "b")).containsExactly("3", "4");
        assertThat(picked("filter[key]", "B")).isEmpty();
        assertThat(picked("filter[key][neq]", "b")).containsExactly("2", "1");
        assertThat(picked("filter[key][oeq]", "Abc,x")).containsExactly("2");
        assertThat(picked("filter[key][contains]", "aB")).containsExactly("2");
        assertThat(picked("filter[key][ocontains]", "x,B")).containsExactly("2", "3", "4");
        assertThat(picked("filter[key][exists]", "false")).containsExactly("1");
        assertThat(picked("filter[key][exists]", "true")).containsExactly("2", "3", "4");
        assertThat(picked("filter[key][gt]", "Abc")).containsExactly("3", "4");
        assertThat(picked("filter[key][lte]", "Abc")).containsExactly("2");
        assertThat(picked("filter[at][gte]", "2026-03-01T12:00:01Z")).containsExactly("2");
        assertThat(picked("filter[at][lt]", "2026-03-01T12:00:01Z")).containsExactly("3", "1");
    }

    @Test
    void what_is_kept_in_lower_case_is_asked_for_in_any_case() {
        assertThat(picked("filter[plan]", "Gold")).containsExactly("4", "1");
        assertThat(picked("filter[plan][oeq]", "GOLD,Silver")).containsExactly("2", "4", "1");
    }

    @Test
    void rows_in_memory_come_in_pages() {
        assertThat(picked("page[size]", "3", "page[number]", "2")).containsExactly("1");
        assertThat(picked("page[size]", "1000", "page[number]", "1000000")).isEmpty();
        assertThat(pick("page[size]", "3", "filter[key]", "b").meta().page()).isEqualTo(new Page.Position(1, 3, 2));
    }

    private static String hql(ListRequest request) {
        return request.criteria("namespace = :namespace", Map.of("namespace", "acme"));
    }

    private static ListRequest parse(Map<String, String> parameters) {
        QuarkusMultivaluedHashMap<String, String> map = new QuarkusMultivaluedHashMap<>();
        parameters.forEach(map::putSingle);
        return LIST.parse(map);
    }

    private static List<InvalidParameter> faults(Map<String, List<String>> parameters) {
        return catchThrowableOfType(ProblemException.class, () -> LIST.parse(multivalued(parameters)))
                .invalidParameters();
    }

    private static List<InvalidParameter> cursorFaults(Map<String, List<String>> parameters) {
        return catchThrowableOfType(ProblemException.class, () -> LIST.parseCursor(multivalued(parameters)))
                .invalidParameters();
    }

    private static QuarkusMultivaluedHashMap<String, String> multivalued(Map<String, List<String>> parameters) {
        QuarkusMultivaluedHashMap<String, String> map = new QuarkusMultivaluedHashMap<>();
        map.putAll(parameters);
        return map;
    }
}
