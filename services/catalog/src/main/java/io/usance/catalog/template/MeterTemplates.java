package io.usance.catalog.template;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.meter.MeterBodies;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Ready-made meters: those of {@code meter-templates.json}, which everybody has, and each tenant's own. */
@ApplicationScoped
class MeterTemplates {
    private static final String FILE = "/meter-templates.json";

    @Inject
    ObjectMapper json;

    @Inject
    MeterTemplateRepository own;

    @Inject
    MeterBodies meters;

    @Inject
    Clock clock;

    private List<MeterTemplate> ofAll;

    @PostConstruct
    void load() {
        try (InputStream file = MeterTemplates.class.getResourceAsStream(FILE)) {
            ofAll = List.copyOf(json.readValue(file, new TypeReference<List<MeterTemplate>>() {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
    }

    /** Everybody's first. */
    @WithSession
    Uni<MeterTemplate.All> all(String namespace) {
        return own.all(namespace)
                .map(rows -> new MeterTemplate.All(
                        Stream.concat(ofAll.stream(), rows.stream().map(MeterTemplateRow::toTemplate))
                                .toList()));
    }

    /** Fails with a problem when the meter could not be created, or the id is taken. */
    @WithTransaction
    Uni<MeterTemplate> create(String namespace, CreateMeterTemplateRequest request) {
        if (isOfAll(request.id())) {
            throw MeterTemplateRepository.idTaken(request.id());
        }
        refuseBadMeter(request);
        MeterTemplateRow row = new MeterTemplateRow();
        row.namespace = namespace;
        row.id = request.id();
        row.name = request.name();
        row.description = request.description();
        row.meter = request.meter();
        row.createdAt = clock.instant();
        return own.insert(row)
                .invoke(() -> Log.infof("meter template created template=%s", row.id))
                .map(MeterTemplateRow::toTemplate);
    }

    private void refuseBadMeter(CreateMeterTemplateRequest request) {
        try {
            meters.refuseBad(request.meter());
        } catch (ProblemException problem) {
            throw problem.within("meter");
        }
    }

    /** Meters that were made of it stay. */
    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        if (isOfAll(id)) {
            throw Problems.conflict("meter template %s is one that every tenant has, and stays", id);
        }
        return own.remove(namespace, id).invoke(() -> Log.infof("meter template deleted template=%s", id));
    }

    private boolean isOfAll(String id) {
        return ofAll.stream().anyMatch(template -> template.id().equals(id));
    }
}
