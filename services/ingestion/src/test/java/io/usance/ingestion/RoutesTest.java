package io.usance.ingestion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.usance.contracts.access.Roles;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks every route that the service has, those of tomorrow too. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class RoutesTest {
    private static final String SOME_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final int ROUTES_MIN = 5;

    /** @param allowed empty when every token is */
    private record Route(String verb, String path, Set<String> allowed) {
        Response request(RequestSpecification as) {
            // Refused as malformed where it is let in: a stream would not end.
            String asked = path.endsWith("/stream") ? path + "?filter[id]=1" : path;
            return as.contentType("application/json").body("{}").request(verb, asked);
        }
    }

    private final List<Route> routes = routes();

    @Test
    void there_are_routes_to_walk() {
        assertThat(routes).hasSizeGreaterThanOrEqualTo(ROUTES_MIN);
    }

    @Test
    void without_a_token_nobody_gets_in() {
        assertThat(routes).allSatisfy(route -> {
            expect(route.request(given()), 401);
            expect(route.request(given().auth().oauth2("not.a.token")), 401);
        });
    }

    @Test
    void without_an_allowed_role_nobody_gets_in() {
        assertThat(routes).filteredOn(route -> !route.allowed().isEmpty()).allSatisfy(route -> {
            String[] others = Stream.concat(Roles.ALL.stream(), Stream.of("nobody"))
                    .filter(role -> !route.allowed().contains(role))
                    .toArray(String[]::new);
            expect(route.request(given().auth().oauth2(Tokens.withRoles(Namespaces.fresh(), others))), 403);
        });
    }

    @Test
    void each_allowed_role_gets_in() {
        assertThat(routes)
                .allSatisfy(route -> assertThat(route.allowed()).allSatisfy(role -> {
                    String token = Tokens.withRoles(Namespaces.fresh(), role);
                    assertThat(route.request(given().auth().oauth2(token)).statusCode())
                            .isNotIn(401, 403, 500);
                }));
    }

    @Test
    void admins_get_in_everywhere_but_where_the_gateway_asks() {
        assertThat(routes)
                .filteredOn(
                        route -> !route.allowed().isEmpty() && !route.allowed().contains(Roles.GATEWAY))
                .allSatisfy(route -> assertThat(route.allowed()).contains(Roles.ADMIN));
    }

    private static void expect(Response response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<Integer>path("status")).isEqualTo(status);
    }

    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.usance.ingestion")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                        .map(JavaClass::reflect)
                        .forEach(resource -> Stream.of(resource.getDeclaredMethods())
                                .forEach(method -> verbs(method)
                                        .forEach(verb -> routes.add(
                                                new Route(verb, path(resource, method), allowed(resource, method))))));
        return routes;
    }

    private static Stream<String> verbs(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value());
    }

    private static String path(Class<?> resource, Method method) {
        String path = resource.getAnnotation(Path.class).value();
        Path below = method.getAnnotation(Path.class);
        return (below == null ? path : path + "/" + below.value()).replaceAll("\\{[^}]+}", SOME_ID);
    }

    private static Set<String> allowed(Class<?> resource, Method method) {
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        if (roles == null) {
            roles = resource.getAnnotation(RolesAllowed.class);
        }
        return roles == null ? Set.of() : Set.of(roles.value());
    }
}
