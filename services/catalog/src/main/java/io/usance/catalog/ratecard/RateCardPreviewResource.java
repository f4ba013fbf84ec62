package io.usance.catalog.ratecard;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v3/openmeter/rate-cards/preview")
@Produces(MediaType.APPLICATION_JSON)
class RateCardPreviewResource {
    @Inject
    Caller caller;

    @Inject
    PreviewRateCard previewRateCard;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<RateCardPreviewView> preview(RateCardPreviewRequest request) {
        return previewRateCard.preview(caller.namespace(), request);
    }
}
