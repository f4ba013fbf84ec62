package io.usance.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {
    @Test
    void both_bases_mean_the_same() {
        assertThat(ApiPath.parse("/v3/openmeter/meters/01H"))
                .contains(new ApiPath(List.of("meters", "01H")))
                .isEqualTo(ApiPath.parse("/api/v3/openmeter/meters/01H"));
    }

    @Test
    void is_passed_on_without_the_prefix_of_the_engine_and_without_a_slash_at_the_end() {
        assertThat(ApiPath.parse("/api/v3/openmeter/plans/1/publish/"))
                .hasToString("Optional[/v3/openmeter/plans/1/publish]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/openmeter/a.b/..c/c..d/...",
                "/v3/openmeter/meters/tokens_total-1",
                "/v3/openmeter/meters/a:b@c!d$e&f'g(h)i*j+k,l=m~n"
            })
    void plain_paths_count(String raw) {
        assertThat(ApiPath.parse(raw)).map(ApiPath::toString).contains(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/v3",
                "/v3/openmeter",
                "/v3/openmeter/",
                "/v3/openmeterx/meters",
                "/api/api/v3/openmeter/meters",
                "/apiv3/openmeter/meters",
                "/V3/openmeter/meters",
                "v3/openmeter/meters",
                "//v3/openmeter/meters",
                "/v3//openmeter/meters",
                "/v3/openmeter//meters",
                "/v3/openmeter/meters//",
                "/v3/openmeter/meters//x",
                "/v3/openmeter/.",
                "/v3/openmeter/..",
                "/v3/openmeter/../../internal/x",
                "/v3/openmeter/meters/../../../internal/x",
                "/v3/openmeter/meters/./x",
                "/v3/openmeter/meters/..",
                "/v3/openmeter/meters/../",
                "/v3/openmeter/meters/%2e%2e/x",
                "/v3/openmeter/meters/%2E%2E%2Finternal",
                "/v3/openmeter/meters/..%2finternal",
                "/v3/openmeter/meters/x%00",
                "/v3/openmeter/meters/%41",
                "/v3/openmeter/meters/..;/..;/internal",
                "/v3/openmeter/meters;x=1",
                "/v3/openmeter/meters\\..\\internal",
                "/v3/openmeter/meters/a b",
                "/v3/openmeter/meters/ä",
                "/v3/openmeter/meters/a\tb",
                "/v3/openmeter/meters/a\nb",
                "/v3/openmeter/meters\n"
            })
    void odd_paths_do_not(String raw) {
        assertThat(ApiPath.parse(raw)).isEmpty();
    }

    @Test
    void a_path_has_an_end() {
        assertThat(ApiPath.parse("/v3/openmeter/meters" + "/x".repeat(11))).isPresent();
        assertThat(ApiPath.parse("/v3/openmeter/meters" + "/x".repeat(12))).isEmpty();
        assertThat(ApiPath.parse("/v3/openmeter/meters" + "/x".repeat(8_000))).isEmpty();
    }
}
