package io.usance.catalog.tax;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
class TaxCodeQueries {
    @Inject
    TaxCodeRepository taxCodes;

    @Inject
    DefaultTaxCodesRepository defaults;

    /** @param includeDeleted {@code true}, {@code false}, or null for false; anything else fails with 400 */
    @WithSession
    Uni<Page<TaxCodeView>> list(String namespace, ListRequest request, String includeDeleted) {
        return taxCodes.list(namespace, request, isTrue(includeDeleted)).map(page -> page.map(TaxCodeView::of));
    }

    /** Deleted ones too, since what was sold earlier still refers to them. */
    @WithSession
    Uni<TaxCodeView> get(String namespace, String id) {
        return taxCodes.get(namespace, id).map(TaxCodeView::of);
    }

    @WithSession
    Uni<DefaultTaxCodesView> defaults(String namespace) {
        return defaults.get(namespace).map(DefaultTaxCodesView::of);
    }

    private static boolean isTrue(String includeDeleted) {
        return switch (includeDeleted) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default ->
                throw Problems.invalid(
                        InvalidParameter.query("include_deleted", "is_boolean", "must be true or false"));
        };
    }
}
