package io.usance.subscription;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.usance.contracts.access.Roles;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class RoutesTest {
    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, POST.class, PUT.class, DELETE.class);
    private static final List<Route> ROUTES = routes();

    /** @param roles who may come in; empty for everybody with a token */
    private record Route(String method, String path, List<String> roles) {
        int ask(RequestSpecification request) {
            if (method.equals("POST") || method.equals("PUT")) {
                request.contentType(ContentType.JSON).body("{}");
            }
            return request.request(method, path.replaceAll("\\{[^}]*}", "01J8ZV4QXKPG1N6FSM8T4B7C9D"))
                    .statusCode();
        }
    }

    @Test
    void all_routes_are_found() {
        assertThat(ROUTES).hasSize(12);
    }

    @Test
    void without_a_token_every_route_is_closed() {
        assertThat(ROUTES).allSatisfy(route -> assertThat(route.ask(given())).isEqualTo(401));
    }

    @Test
    void with_a_token_that_nobody_signed_every_route_is_closed() {
        String forged = Tokens.admin(Namespaces.fresh()).replaceAll("\\.[^.]*$", ".c2lnbmF0dXJl");

        assertThat(ROUTES)
                .allSatisfy(route ->
                        assertThat(route.ask(given().auth().oauth2(forged))).isEqualTo(401));
    }

    @Test
    void each_route_takes_the_roles_that_it_names_and_no_others() {
        String namespace = Namespaces.fresh();
        for (Route route : ROUTES) {
            for (String role : Roles.ALL) {
                int status = route.ask(given().auth().oauth2(Tokens.withRoles(namespace, role)));
                boolean open = route.roles().isEmpty() || route.roles().contains(role);
                assertThat(status == 403)
                        .as("%s as %s: %d", route, role, status)
                        .isEqualTo(!open);
                assertThat(status).isNotIn(401, 405, 500);
            }
        }
    }

    @Test
    void viewers_read_and_administrators_write() {
        assertThat(ROUTES)
                .filteredOn(route -> !route.path().startsWith("/internal"))
                .allSatisfy(route -> assertThat(route.roles())
                        .containsExactlyInAnyOrderElementsOf(
                                route.method().equals("GET")
                                        ? List.of(Roles.ADMIN, Roles.BILLING_ADMIN, Roles.BILLING_VIEWER)
                                        : List.of(Roles.ADMIN, Roles.BILLING_ADMIN)));
    }

    private static List<Route> routes() {
        JavaClasses classes = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
                .importPackages("io.usance.subscription");
        return classes.stream()
                .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                .flatMap(type -> type.getMethods().stream())
                .flatMap(RoutesTest::route)
                .toList();
    }

    private static Stream<Route> route(JavaMethod method) {
        List<Route> routes = new ArrayList<>();
        String base = method.getOwner().getAnnotationOfType(Path.class).value();
        for (Class<? extends Annotation> annotation : METHODS) {
            if (method.isAnnotatedWith(annotation)) {
                String path = method.isAnnotatedWith(Path.class)
                        ? base + "/" + method.getAnnotationOfType(Path.class).value()
                        : base;
                List<String> roles = method.isAnnotatedWith(RolesAllowed.class)
                        ? Arrays.asList(
                                method.getAnnotationOfType(RolesAllowed.class).value())
                        : List.of();
                routes.add(new Route(annotation.getAnnotation(HttpMethod.class).value(), path, roles));
            }
        }
        return routes.stream();
    }
}
