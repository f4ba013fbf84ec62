package io.usance.catalog.meter;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.meter.MeterUsers.MeterUser;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.MeterDeleted;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** Ends a meter that nothing living refers to. Its events stay. */
@ApplicationScoped
class DeleteMeter {
    @Inject
    MeterRepository meters;

    @Inject
    MeterUsers users;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        return meters.lock(namespace, id)
                .call(row -> users.of(namespace, id).invoke(living -> refuseWhileUsed(row, living)))
                .invoke(row -> row.deletedAt = clock.instant())
                .call(meters::flush)
                .call(row ->
                        outbox.append(Topics.CATALOG, namespace, id, row.version, new MeterDeleted(id, row.deletedAt)))
                .invoke(row -> Log.infof("meter deleted meter=%s key=%s", id, row.key))
                .replaceWithVoid();
    }

    private static void refuseWhileUsed(MeterRow row, List<MeterUser> users) {
        if (!users.isEmpty()) {
            throw Problems.conflict(
                    "meter %s is used by %s: delete them first",
                    row.key, users.stream().map(MeterUser::name).collect(Collectors.joining(", ")));
        }
    }
}
