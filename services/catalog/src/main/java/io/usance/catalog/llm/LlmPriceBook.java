package io.usance.catalog.llm;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the providers of language models ask for, from {@code llm-prices.yaml}. It comes with the release and is kept in
 * memory: every replica of a release has the same prices under the same ids, and nothing has to be brought up to date.
 */
@Startup
@ApplicationScoped
class LlmPriceBook {
    private static final String FILE = "/llm-prices.yaml";

    private List<LlmPriceView> prices;
    private final Map<String, LlmPriceView> byId = new HashMap<>();
    private final Map<String, String> providerNames = new HashMap<>();

    @PostConstruct
    void load() {
        LlmPriceFile file = read();
        List<String> faults = file.faults();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(FILE + ": " + String.join("; ", faults));
        }
        prices = file.prices();
        for (LlmPriceView price : prices) {
            byId.put(price.id(), price);
            providerNames.put(price.provider().id(), price.provider().name());
        }
    }

    /** All of all times, a model's earlier ones first. */
    List<LlmPriceView> prices() {
        return prices;
    }

    Optional<LlmPriceView> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The id itself for a provider that is not in the book. */
    String providerName(String id) {
        return providerNames.getOrDefault(id, id);
    }

    /** The id itself for a model that is not in the book. */
    String modelName(String provider, String model) {
        return prices.stream()
                .filter(price -> price.provider().id().equals(provider)
                        && price.model().id().equals(model))
                .map(price -> price.model().name())
                .reduce(model, (earlier, later) -> later);
    }

    private static LlmPriceFile read() {
        try (InputStream file = LlmPriceBook.class.getResourceAsStream(FILE)) {
            return LlmPriceFile.read(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
    }
}
