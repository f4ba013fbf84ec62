package io.usance.invoicing.preview;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v3/openmeter/customers/{customerId}/billing/invoice-preview")
@Produces(MediaType.APPLICATION_JSON)
class InvoicePreviewResource {
    @Inject
    PreviewInvoices previewInvoices;

    @Inject
    InvoiceViews views;

    @Inject
    Caller caller;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_ADMIN, Roles.BILLING_VIEWER})
    public Uni<InvoiceView.Listing> preview(@PathParam("customerId") String customerId) {
        if (!Ids.isUlid(customerId)) {
            return Uni.createFrom().failure(Problems.notFound("customer", customerId));
        }
        return previewInvoices
                .preview(caller.namespace(), customerId, caller.bearer())
                .map(views::of);
    }
}
