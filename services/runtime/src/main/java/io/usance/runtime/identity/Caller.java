package io.usance.runtime.identity;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sent the request, from the signed token that the gateway attached. */
@RequestScoped
public class Caller {
    /** Claim with the tenant. */
    public static final String NAMESPACE_CLAIM = "ns";

    @Inject
    JsonWebToken token;

    /**
     * The tenant that everything in this request belongs to.
     *
     * @throws IllegalStateException if the route is open to tokens without a tenant and this is one
     */
    public String namespace() {
        String namespace = token.getClaim(NAMESPACE_CLAIM);
        if (namespace == null || namespace.isBlank()) {
            throw new IllegalStateException("the caller's token has no namespace");
        }
        return namespace;
    }

    /** Id of the access token that the caller showed to the gateway. */
    public String tokenId() {
        return token.getSubject();
    }

    /** Role ids of the caller. */
    public Set<String> roles() {
        return token.getGroups();
    }

    /** The {@code Authorization} header with which another service is asked on the caller's behalf. */
    public String bearer() {
        return "Bearer " + token.getRawToken();
    }
}
