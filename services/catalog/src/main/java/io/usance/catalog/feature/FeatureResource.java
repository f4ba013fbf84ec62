package io.usance.catalog.feature;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v3/openmeter/features")
@Produces(MediaType.APPLICATION_JSON)
class FeatureResource {
    @Inject
    Caller caller;

    @Inject
    CreateFeature createFeature;

    @Inject
    UpdateFeature updateFeature;

    @Inject
    ArchiveFeature archiveFeature;

    @Inject
    FeatureQueries features;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<FeatureView> create(CreateFeatureRequest request) {
        return createFeature.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<FeatureView>> list(@Context UriInfo uri) {
        return features.list(caller.namespace(), FeatureRepository.LIST.parse(uri));
    }

    @GET
    @Path("{featureId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<FeatureView> get(String featureId) {
        return features.get(caller.namespace(), featureId);
    }

    @PATCH
    @Path("{featureId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<FeatureView> update(String featureId, UpdateFeatureRequest request) {
        return updateFeature.update(caller.namespace(), featureId, request);
    }

    @DELETE
    @Path("{featureId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<Void> archive(String featureId) {
        return archiveFeature.archive(caller.namespace(), featureId);
    }
}
