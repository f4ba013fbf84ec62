package io.usance.catalog.access;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.contracts.access.TokenExchange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** For the gateway alone. */
@Path("/internal/access-tokens/exchange")
class TokenExchangeResource {
    @Inject
    ExchangeAccessToken exchangeAccessToken;

    @POST
    @RolesAllowed(Roles.GATEWAY)
    public Uni<TokenExchange.Identity> exchange(TokenExchange.Request request) {
        return exchangeAccessToken.exchange(request);
    }
}
