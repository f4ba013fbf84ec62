package io.usance.catalog.document;

import io.quarkus.security.ForbiddenException;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Meters have roles of their own, and are in the document with all that is the catalog's. Asked before the body is read, as the
 * other roles are.
 */
@Provider
@WithMeters
class MeterRoles implements ContainerRequestFilter {
    private static final Set<String> READ = Set.of(Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER);
    private static final Set<String> CHANGE = Set.of(Roles.ADMIN, Roles.METER_ADMIN);

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> enough = request.getMethod().equals(HttpMethod.GET) ? READ : CHANGE;
        if (caller.roles().stream().noneMatch(enough::contains)) {
            throw new ForbiddenException();
        }
    }
}
