package io.usance.catalog.tax;

import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Takes a tenant's own tax code out of what can be referred to. Doing it again changes nothing. */
@ApplicationScoped
class DeleteTaxCode {
    @Inject
    TaxCodeRepository taxCodes;

    @Inject
    DefaultTaxCodesRepository defaults;

    @Inject
    @All
    List<TaxCodeUsers> users;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        return taxCodes.lockOwn(namespace, id)
                .chain(row -> row.isDeleted() ? Uni.createFrom().voidItem() : delete(row));
    }

    private Uni<Void> delete(TaxCodeRow row) {
        return uses(row)
                .invoke(uses -> refuseWhileUsed(row, uses))
                .invoke(() -> {
                    row.deletedAt = clock.instant();
                    row.updatedAt = row.deletedAt;
                })
                .chain(taxCodes::flush)
                .invoke(() -> Log.infof("tax code deleted taxCode=%s key=%s", row.id, row.key));
    }

    private Uni<List<String>> uses(TaxCodeRow row) {
        return defaults.get(row.namespace)
                .map(chosen -> chosen.uses(row.id))
                .chain(asDefault -> others(row)
                        .map(others -> Stream.concat(asDefault.stream(), others.stream())
                                .toList()));
    }

    private Uni<List<String>> others(TaxCodeRow row) {
        return Multi.createFrom()
                .iterable(users)
                .onItem()
                .transformToUniAndConcatenate(kind -> kind.of(row.namespace, row.id))
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    private static void refuseWhileUsed(TaxCodeRow row, List<String> uses) {
        if (!uses.isEmpty()) {
            throw Problems.conflict(
                    "tax code %s is used by %s: choose another default, archive or replace the others first",
                    row.key, String.join(", ", uses));
        }
    }
}
