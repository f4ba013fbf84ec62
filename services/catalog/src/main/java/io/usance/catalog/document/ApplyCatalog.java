package io.usance.catalog.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.document.CatalogChanges.Action;
import io.usance.catalog.document.CatalogChanges.Change;
import io.usance.catalog.document.model.Difference;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Makes a tenant's catalog what a document says: all of it, or nothing when something is refused. The same rules hold as for
 * single requests, so that what a published plan needs stays.
 */
@ApplicationScoped
class ApplyCatalog {
    private static final String ONE_AT_A_TIME =
            "select pg_advisory_xact_lock(hashtextextended('catalog document of ' || :namespace, 0))::text";

    @Inject
    @All
    List<CatalogPart> parts;

    /** @param prune whether what the document does not have is removed */
    Uni<CatalogChanges> apply(String namespace, CatalogDocument document, boolean prune) {
        refuseDoubles(document);
        return Panache.withTransaction(() -> change(namespace, document, prune))
                .invoke(changes -> Log.infof(
                        "catalog applied namespace=%s changes=%d unchanged=%d",
                        namespace, changes.changes().size(), changes.unchanged()));
    }

    /** What {@link #apply} would change, or why it would refuse: it is tried and taken back. */
    Uni<CatalogChanges> diff(String namespace, CatalogDocument document, boolean prune) {
        refuseDoubles(document);
        return DryRun.of(() -> Panache.withTransaction(() -> change(namespace, document, prune)
                .call(() -> Panache.currentTransaction().invoke(Mutiny.Transaction::markForRollback))));
    }

    private void refuseDoubles(CatalogDocument document) {
        List<InvalidParameter> faults = new ArrayList<>();
        for (CatalogPart part : parts) {
            Set<String> names = new HashSet<>();
            List<ObjectNode> entries = document.of(part.section());
            for (int i = 0; i < entries.size(); i++) {
                String name = part.name(part.complete(entries.get(i)));
                if (!names.add(name)) {
                    faults.add(InvalidParameter.body(
                            path(part, i),
                            "invalid",
                            "another %s has the name %s"
                                    .formatted(part.section().thing(), name)));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private Uni<CatalogChanges> change(String namespace, CatalogDocument document, boolean prune) {
        List<CatalogPart> ordered = parts.stream()
                .sorted(Comparator.comparing(CatalogPart::section))
                .toList();
        Work work = new Work(namespace, document);
        return lock(namespace)
                .chain(() -> oneByOne(ordered, work::bringAbout))
                .chain(() -> prune
                        ? oneByOne(ordered.reversed(), work::removeTheRest)
                        : Uni.createFrom().voidItem())
                .map(done -> new CatalogChanges(List.copyOf(work.changes), work.unchanged));
    }

    private static Uni<?> lock(String namespace) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ONE_AT_A_TIME, String.class)
                        .setParameter("namespace", namespace)
                        .getSingleResult());
    }

    private static <T> Uni<Void> oneByOne(List<T> items, Function<T, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .onItem()
                .ignoreAsUni();
    }

    private static String path(CatalogPart part, int index) {
        return part.section().list() + "[" + index + "]";
    }

    /** One application of a document. */
    private static final class Work {
        private final String namespace;
        private final CatalogDocument document;
        private final List<Change> changes = new ArrayList<>();
        private final Map<Section, Map<String, ObjectNode>> rest = new HashMap<>();
        private int unchanged;

        Work(String namespace, CatalogDocument document) {
            this.namespace = namespace;
            this.document = document;
        }

        Uni<Void> bringAbout(CatalogPart part) {
            return part.export(namespace).chain(entries -> {
                Map<String, ObjectNode> present = new LinkedHashMap<>();
                entries.forEach(entry -> present.put(part.name(entry), entry));
                rest.put(part.section(), present);
                List<ObjectNode> wanted = document.of(part.section());
                List<Integer> places = new ArrayList<>();
                for (int i = 0; i < wanted.size(); i++) {
                    places.add(i);
                }
                return oneByOne(
                        places, place -> within(path(part, place), () -> bringAbout(part, wanted.get(place), present)));
            });
        }

        private Uni<Void> bringAbout(CatalogPart part, ObjectNode entry, Map<String, ObjectNode> present) {
            ObjectNode wanted = part.complete(entry);
            String name = part.name(wanted);
            ObjectNode is = present.remove(name);
            if (is == null) {
                changes.add(new Change(part.section().thing(), name, Action.CREATE, null));
                return part.create(namespace, wanted);
            }
            List<Difference> differences = Difference.between(is, wanted);
            if (differences.isEmpty()) {
                unchanged++;
                return Uni.createFrom().voidItem();
            }
            changes.add(new Change(part.section().thing(), name, Action.UPDATE, differences));
            return part.change(namespace, is, wanted);
        }

        Uni<Void> removeTheRest(CatalogPart part) {
            return oneByOne(List.copyOf(rest.get(part.section()).values()), entry -> {
                changes.add(new Change(part.section().thing(), part.name(entry), Action.REMOVE, null));
                return part.remove(namespace, entry);
            });
        }

        /** A problem of an entry is one of the document: it says where the entry stands. */
        private static Uni<Void> within(String path, Supplier<Uni<Void>> step) {
            return Uni.createFrom()
                    .deferred(step::get)
                    .onFailure(ProblemException.class)
                    .transform(problem -> ((ProblemException) problem).within(path));
        }
    }
}
