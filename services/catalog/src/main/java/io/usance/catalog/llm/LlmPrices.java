package io.usance.catalog.llm;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.LlmPrice;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.contracts.catalog.LlmPricing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What language models cost a tenant, in the caller's session. */
@ApplicationScoped
public class LlmPrices {
    @Inject
    LlmPriceBook book;

    @Inject
    LlmOverrideRepository overrides;

    /**
     * What a model costs at an instant; empty when nobody knows.
     *
     * @param provider in any case
     * @param model in any case
     */
    public Uni<Optional<LlmPricing>> at(String namespace, String provider, String model, Instant instant) {
        return history(namespace, List.of(provider), List.of(model))
                .map(history -> history.at(provider, model, instant).map(LlmPrice::pricing));
    }

    /**
     * Every price of all times, the price book's and the tenant's own.
     *
     * @param providers in any case, empty for any; some hundreds at most
     * @param models in any case, empty for any; some hundreds at most
     */
    public Uni<LlmPriceHistory> history(String namespace, Collection<String> providers, Collection<String> models) {
        Set<String> ofProviders = lowerCase(providers);
        Set<String> ofModels = lowerCase(models);
        return overrides
                .history(namespace, ofProviders, ofModels)
                .map(rows -> Stream.concat(
                                rows.stream().map(LlmPrices::price),
                                book.prices().stream()
                                        .map(LlmPriceView::toPrice)
                                        .filter(price ->
                                                isAny(ofProviders, price.provider()) && isAny(ofModels, price.model())))
                        .toList())
                .map(LlmPriceHistory::new);
    }

    private static LlmPrice price(LlmOverrideRow row) {
        return new LlmPrice(row.provider, row.modelId, row.pricing, true, row.effectiveFrom, row.effectiveTo);
    }

    private static boolean isAny(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static Set<String> lowerCase(Collection<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
