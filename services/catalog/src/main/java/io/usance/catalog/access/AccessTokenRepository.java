package io.usance.catalog.access;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

@ApplicationScoped
class AccessTokenRepository implements PanacheRepositoryBase<AccessTokenRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("name", FieldKind.TEXT, "name")
            .sortable("name", "name")
            .sortable("created_at", "createdAt");

    private static final String LIVING = """
            namespace = :namespace and revokedAt is null and (expiresAt is null or expiresAt > :now)
            """;
    private static final String REVOKE = """
            update AccessTokenRow set revokedAt = coalesce(revokedAt, :now) where namespace = :namespace and id = :id
            """;
    private static final String TOUCH = """
            update AccessTokenRow set lastUsedAt = :now
            where namespace = :namespace and id = :id and (lastUsedAt is null or lastUsedAt <= :usedBefore)
            """;
    private static final String PROVISION_TENANT = """
            insert into tenant (namespace, created_at) values (:namespace, :now) on conflict do nothing
            """;
    private static final String PROVISION_TOKEN = """
            insert into access_token (namespace, id, name, kind, roles, hash, hint, created_at)
            values (:namespace, :id, :name, :kind, :roles, :hash, :hint, :now)
            on conflict (hash) do nothing
            """;

    Uni<Page<AccessTokenRow>> list(String namespace, ListRequest request) {
        return request.fetch(this, "namespace = :namespace", Map.of("namespace", namespace));
    }

    Uni<Long> countLiving(String namespace, Instant now) {
        return count(LIVING, Map.of("namespace", namespace, "now", now));
    }

    Uni<AccessTokenRow> byHash(String hash) {
        return find("hash", hash).firstResult();
    }

    /** Whether there is such a token; one that is revoked already keeps the time at which it was. */
    Uni<Boolean> revoke(String namespace, String id, Instant now) {
        return update(REVOKE, Map.of("namespace", namespace, "id", id, "now", now))
                .map(changed -> changed > 0);
    }

    /** Notes the use, unless one after {@code usedBefore} is noted already. */
    Uni<Integer> touch(AccessTokenRow token, Instant now, Instant usedBefore) {
        return update(
                TOUCH, Map.of("namespace", token.namespace, "id", token.id, "now", now, "usedBefore", usedBefore));
    }

    /** Inserts the tenant and the token where they are missing; whether the token was. */
    Uni<Boolean> provision(AccessTokenRow token, String roles) {
        return getSession()
                .chain(session -> session.createNativeQuery(PROVISION_TENANT)
                        .setParameter("namespace", token.namespace)
                        .setParameter("now", token.createdAt)
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(PROVISION_TOKEN)
                                .setParameter("namespace", token.namespace)
                                .setParameter("id", token.id)
                                .setParameter("name", token.name)
                                .setParameter("kind", token.kind.name())
                                .setParameter("roles", roles)
                                .setParameter("hash", token.hash)
                                .setParameter("hint", token.hint)
                                .setParameter("now", token.createdAt)
                                .executeUpdate())
                        .map(inserted -> inserted > 0));
    }
}
