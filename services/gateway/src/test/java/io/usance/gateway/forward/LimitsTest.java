package io.usance.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import io.usance.gateway.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class LimitsTest extends GatewayTest {
    private static final int MAX = 4 * 1024 * 1024;

    @Test
    void a_body_of_just_the_limit_is_passed_on() {
        Response echo = asAdmin().body(new byte[MAX]).post("/v3/openmeter/events");

        assertThat((int) echo.path("size")).isEqualTo(MAX);
    }

    @Test
    void a_body_that_says_it_is_larger_is_refused() {
        isProblem(
                asAdmin().body(new byte[MAX + 1]).post("/v3/openmeter/events"),
                413,
                "bad-request",
                "Content Too Large");
    }

    @Test
    void a_body_that_turns_out_larger_is_refused_when_it_does() throws Exception {
        try (RawHttp http = post("Transfer-Encoding: chunked")) {
            byte[] piece = new byte[64 * 1024];
            for (int sent = 0; sent <= MAX; sent += piece.length) {
                http.send("10000\r\n");
                http.send(piece);
                http.send("\r\n");
            }
            String answer = http.readUntil("}");
            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json", "\"title\":\"Content Too Large\"", MAX + " bytes");
        }
    }

    @Test
    void a_refused_connection_can_be_used_again_once_the_body_is_read() throws Exception {
        try (RawHttp http = post("Content-Length: " + (MAX + 1))) {
            assertThat(http.readUntil("}")).startsWith("HTTP/1.1 413");
            http.send(new byte[MAX + 1]);
            http.send("GET /v3/openmeter/plans HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(http.readUntil("}")).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void a_refused_body_is_not_waited_for_for_ever() throws Exception {
        try (RawHttp http = post("Content-Length: " + (MAX + 1))) {
            assertThat(http.readUntil("}")).startsWith("HTTP/1.1 413");
            assertThat(http.readToEnd()).isEmpty();
        }
    }

    @Test
    void a_body_that_drips_is_given_up() throws Exception {
        try (RawHttp http = post("Content-Length: 10")) {
            http.send("1");
            assertThat(http.readToEnd())
                    .startsWith("HTTP/1.1 408")
                    .contains("application/problem+json", "\"title\":\"Request Timeout\"");
        }
    }

    @Test
    void a_body_is_asked_for_only_from_those_who_may_send_it() throws Exception {
        try (RawHttp http = post("Content-Length: 2\r\nExpect: 100-continue")) {
            assertThat(http.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
            http.send("ok");
            assertThat(http.readUntil("}")).startsWith("HTTP/1.1 200").contains("\"size\":2");
        }
        assertThat(RawHttp.exchange(
                        gateway,
                        "POST /v3/openmeter/events HTTP/1.1",
                        "Authorization: Bearer kpat_nobodys",
                        "Content-Length: 2",
                        "Expect: 100-continue"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void long_heads_are_refused() throws Exception {
        assertThat(RawHttp.exchange(gateway, "GET / HTTP/1.1", "X-Long: " + "x".repeat(20_000)))
                .matches("(?s)HTTP/1\\.[01] 431 .*");
        assertThat(RawHttp.exchange(gateway, "GET /?" + "x".repeat(20_000) + " HTTP/1.1"))
                .matches("(?s)HTTP/1\\.[01] 414 .*");
    }

    @Test
    void a_list_may_be_filtered_by_a_lot() {
        Response echo = asAdmin().get("/v3/openmeter/meters?filter[key][oeq]=" + "x".repeat(12_000));

        assertThat(echo.statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_is_passed_on_in_no_other_coding_than_chunks() throws Exception {
        assertThat(RawHttp.exchange(
                        gateway,
                        "POST /v3/openmeter/events HTTP/1.1",
                        "Authorization: Bearer " + ForeignServices.catalog().issue("acme", "admin"),
                        "Transfer-Encoding: gzip, chunked"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a b\r\n"})
    void a_request_must_say_which_host_it_is_for(String host) throws Exception {
        try (RawHttp http = new RawHttp(gateway)) {
            http.send("GET /v3/openmeter/meters HTTP/1.1\r\n" + host + "Connection: close\r\nAuthorization: Bearer "
                    + ForeignServices.catalog().issue("acme", "admin") + "\r\n\r\n");
            assertThat(http.readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains("content-type: application/problem+json\r\n");
        }
    }

    private RawHttp post(String headers) throws Exception {
        RawHttp http = new RawHttp(gateway);
        http.send("POST /v3/openmeter/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + ForeignServices.catalog().issue("acme", "ingest") + "\r\n" + headers + "\r\n\r\n");
        return http;
    }
}
