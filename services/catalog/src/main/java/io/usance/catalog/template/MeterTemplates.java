package io.usance.catalog.template;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The templates, from {@code meter-templates.json}. */
@ApplicationScoped
class MeterTemplates {
    private static final String FILE = "/meter-templates.json";

    @Inject
    ObjectMapper json;

    private List<MeterTemplate> templates;

    @PostConstruct
    void load() {
        try (InputStream file = MeterTemplates.class.getResourceAsStream(FILE)) {
            templates = List.copyOf(json.readValue(file, new TypeReference<List<MeterTemplate>>() {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
    }

    MeterTemplate.All all() {
        return new MeterTemplate.All(templates);
    }
}
