package io.usance.catalog.llm;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@ApplicationScoped
class LlmPriceQueries {
    private static final String ID = "id";
    private static final String PROVIDER = "provider.id";
    private static final String MODEL = "model.id";
    private static final String MODEL_NAME = "model.name";
    private static final String CURRENCY = "currency";
    private static final String SOURCE = "source";
    private static final String EFFECTIVE_FROM = "effective_from";
    private static final String EFFECTIVE_TO = "effective_to";

    /** Prices of the book are in memory, so the lists are put together and picked there. */
    static final ListSpec LIST = ListSpec.sortedBy(MODEL)
            .filterable("provider", FieldKind.LOWER_CASE, PROVIDER)
            .filterable("model_id", FieldKind.LOWER_CASE, MODEL)
            .filterable("model_name", FieldKind.TEXT, MODEL_NAME)
            .filterable("currency", FieldKind.TEXT, CURRENCY)
            .filterable("source", FieldKind.TEXT, SOURCE)
            .sortable(ID, ID)
            .sortable(PROVIDER, PROVIDER)
            .sortable(MODEL, MODEL)
            .sortable(EFFECTIVE_FROM, EFFECTIVE_FROM)
            .sortable(EFFECTIVE_TO, EFFECTIVE_TO);

    @Inject
    LlmPriceBook book;

    @Inject
    LlmOverrideRepository overrides;

    @Inject
    LlmPrices prices;

    @Inject
    Clock clock;

    /** What holds now: of each model one price, the tenant's own if it has one. */
    @WithSession
    Uni<Page<LlmPriceView>> list(String namespace, ListRequest request) {
        Instant now = clock.instant();
        return overrides
                .effectiveAt(namespace, now)
                .map(rows -> request.pick(effective(rows, now), LlmPriceQueries::value));
    }

    /** The overrides in place, and those that they will replace but have not yet. */
    @WithSession
    Uni<Page<LlmPriceView>> listOverrides(String namespace, ListRequest request) {
        return overrides
                .inPlaceAt(namespace, clock.instant())
                .map(rows -> request.pick(rows.stream().map(this::view).toList(), LlmPriceQueries::value));
    }

    /** A price of any time, the book's or the tenant's; fails with 404 when there is none. */
    @WithSession
    Uni<LlmPriceView> get(String namespace, String id) {
        return book.byId(id)
                .map(price -> Uni.createFrom().item(price))
                .orElseGet(() -> overrides
                        .byId(namespace, id)
                        .map(row -> row == null || row.deletedAt != null ? null : view(row)))
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("price", id));
    }

    /** See {@link LlmPrices#history}. */
    @WithSession
    Uni<LlmPriceHistory> history(String namespace, Collection<String> providers, Collection<String> models) {
        return prices.history(namespace, providers, models);
    }

    private Collection<LlmPriceView> effective(List<LlmOverrideRow> rows, Instant now) {
        Map<LlmPriceView.Subject, LlmPriceView> effective = new LinkedHashMap<>();
        book.prices().stream()
                .filter(price -> price.toPrice().isEffectiveAt(now))
                .forEach(price -> effective.put(price.subject(), price));
        rows.stream().map(this::view).forEach(price -> effective.put(price.subject(), price));
        return effective.values();
    }

    private LlmPriceView view(LlmOverrideRow row) {
        return LlmPriceView.of(row, book.providerName(row.provider));
    }

    private static Comparable<?> value(LlmPriceView price, String expression) {
        return switch (expression) {
            case ID -> price.id();
            case PROVIDER -> price.provider().id();
            case MODEL -> price.model().id();
            case MODEL_NAME -> price.model().name();
            case CURRENCY -> price.currency();
            case SOURCE -> price.source();
            case EFFECTIVE_FROM -> price.effectiveFrom();
            case EFFECTIVE_TO -> price.effectiveTo();
            default -> throw new IllegalArgumentException(expression);
        };
    }
}
