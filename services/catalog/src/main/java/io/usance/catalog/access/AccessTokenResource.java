package io.usance.catalog.access;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v3/openmeter/access-tokens")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class AccessTokenResource {
    @Inject
    Caller caller;

    @Inject
    CreateAccessToken createAccessToken;

    @Inject
    RevokeAccessToken revokeAccessToken;

    @Inject
    AccessTokenQueries tokens;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<AccessTokenView> create(CreateAccessTokenRequest request) {
        return createAccessToken.create(caller.namespace(), request);
    }

    @GET
    public Uni<Page<AccessTokenView>> list(@Context UriInfo uri) {
        return tokens.list(caller.namespace(), AccessTokenRepository.LIST.parse(uri));
    }

    @DELETE
    @Path("{accessTokenId}")
    public Uni<Void> revoke(String accessTokenId) {
        return revokeAccessToken.revoke(caller.namespace(), accessTokenId);
    }
}
