package io.usance.catalog.feature;

import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.FeatureArchived;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Takes a feature out of what can be sold; what was sold goes on. Doing it again changes nothing. */
@ApplicationScoped
class ArchiveFeature {
    @Inject
    FeatureRepository features;

    @Inject
    @All
    List<FeatureUsers> users;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> archive(String namespace, String id) {
        return features.lock(namespace, id)
                .chain(row -> row.isArchived() ? Uni.createFrom().voidItem() : archive(row));
    }

    private Uni<Void> archive(FeatureRow row) {
        return users(row)
                .invoke(living -> refuseWhileUsed(row, living))
                .invoke(() -> {
                    row.deletedAt = clock.instant();
                    row.updatedAt = row.deletedAt;
                })
                .chain(features::flush)
                .chain(() -> outbox.append(
                        Topics.CATALOG, row.namespace, row.id, row.version, new FeatureArchived(row.id, row.deletedAt)))
                .invoke(() -> Log.infof("feature archived feature=%s key=%s", row.id, row.key));
    }

    private Uni<List<String>> users(FeatureRow row) {
        return Multi.createFrom()
                .iterable(users)
                .onItem()
                .transformToUniAndConcatenate(kind -> kind.of(row.namespace, row.id))
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    private static void refuseWhileUsed(FeatureRow row, List<String> users) {
        if (!users.isEmpty()) {
            throw Problems.conflict(
                    "feature %s is used by %s: archive or replace them first", row.key, String.join(", ", users));
        }
    }
}
