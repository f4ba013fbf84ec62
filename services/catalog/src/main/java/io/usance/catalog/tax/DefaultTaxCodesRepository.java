package io.usance.catalog.tax;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

@ApplicationScoped
class DefaultTaxCodesRepository implements PanacheRepositoryBase<DefaultTaxCodesRow, String> {
    /** The tenant's own before those of who never chose. */
    private static final String IN_FORCE = "namespace in ('', :namespace) order by namespace desc";

    private static final String OWN = "namespace = :namespace";
    private static final String COPY = """
            insert into default_tax_codes (
                namespace, invoicing_tax_code_id, credit_grant_tax_code_id, created_at, updated_at, version)
            select :namespace, invoicing_tax_code_id, credit_grant_tax_code_id, created_at, updated_at, version
            from default_tax_codes where namespace = ''
            on conflict (namespace) do nothing
            """;

    Uni<DefaultTaxCodesRow> get(String namespace) {
        return find(IN_FORCE, Parameters.with("namespace", namespace)).firstResult();
    }

    /** The tenant's own, made if there are none, and nobody else changes them before this transaction ends. */
    Uni<DefaultTaxCodesRow> lockOwn(String namespace) {
        return getSession()
                .chain(session -> session.createNativeQuery(COPY)
                        .setParameter("namespace", namespace)
                        .executeUpdate())
                .chain(() -> find(OWN, Parameters.with("namespace", namespace))
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult());
    }
}
