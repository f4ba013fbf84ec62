package io.usance.catalog.llm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.usance.catalog.llm.model.LlmPriceRules;
import io.usance.contracts.catalog.LlmPricing;
import io.usance.runtime.ids.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The price book as it is written. Prices are in USD for a million tokens, as the pages of the providers have them. */
record LlmPriceFile(List<Provider> providers) {
    private static final int PER_TOKEN = 6;
    private static final int DECIMALS_MAX = 6;
    private static final Predicate<String> ID =
            Pattern.compile("[a-z0-9][a-z0-9._:/-]{0,127}").asMatchPredicate();
    private static final ObjectMapper YAML = new YAMLMapper()
            .registerModule(new JavaTimeModule())
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** @param source page of the provider that says what its models cost */
    record Provider(String id, String name, String source, List<Entry> prices) {}

    /**
     * What a model costs for a while, by whole days in UTC.
     *
     * @param also further ids of the same model, null for none
     * @param effectiveTo the first day on which it no longer holds, null for no end
     * @param asOf day on which the source was last seen to say so
     * @param source where it differs from the provider's, null for no difference
     * @param cacheRead null when there is no such price, as the two after it
     */
    record Entry(
            String model,
            String name,
            List<String> also,
            LocalDate effectiveFrom,
            LocalDate effectiveTo,
            LocalDate asOf,
            String source,
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheRead,
            BigDecimal cacheWrite,
            BigDecimal reasoning) {
        Stream<String> models() {
            return Stream.concat(Stream.of(model), also == null ? Stream.empty() : also.stream());
        }

        LlmPricing pricing() {
            return new LlmPricing(
                    perToken(input), perToken(output), perToken(cacheRead), perToken(cacheWrite), perToken(reasoning));
        }

        private boolean overlaps(Entry later) {
            return effectiveTo == null || effectiveTo.isAfter(later.effectiveFrom);
        }

        private List<String> faults(Provider provider) {
            List<String> faults = new ArrayList<>();
            if (!models().allMatch(id -> id != null && ID.test(id))) {
                faults.add("ids of models are in lower case, without spaces");
            }
            if (name == null || name.isBlank()) {
                faults.add("name is missing");
            }
            String page = source == null ? provider.source() : source;
            if (page == null || !page.startsWith("https://")) {
                faults.add("source must be the page of the provider, with https://");
            }
            if (input == null || output == null) {
                faults.add("input and output are required");
            }
            Stream.of(input, output, cacheRead, cacheWrite, reasoning)
                    .filter(Objects::nonNull)
                    .filter(price -> price.signum() < 0 || price.scale() > DECIMALS_MAX)
                    .forEach(price -> faults.add(price + " is not a price: none is negative or has more than "
                            + DECIMALS_MAX + " decimals"));
            if (effectiveFrom == null || asOf == null) {
                faults.add("effective_from and as_of are required");
            } else {
                if (asOf.isBefore(effectiveFrom)) {
                    faults.add("as_of is before effective_from");
                }
                if (effectiveTo != null && !effectiveTo.isAfter(effectiveFrom)) {
                    faults.add("effective_to is not after effective_from");
                }
            }
            return faults;
        }

        private static BigDecimal perToken(BigDecimal perMillion) {
            return perMillion == null
                    ? null
                    : perMillion.movePointLeft(PER_TOKEN).stripTrailingZeros();
        }
    }

    /** @throws IOException if it is no YAML of this form */
    static LlmPriceFile read(InputStream file) throws IOException {
        return YAML.readValue(file, LlmPriceFile.class);
    }

    /** What is wrong with it, each with the provider and the model; empty when it can be used. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Provider provider : providers) {
            if (provider.id() == null || !ID.test(provider.id()) || provider.name() == null) {
                faults.add(provider.id() + ": a provider has an id in lower case and a name");
            }
            for (Entry entry : provider.prices()) {
                entry.faults(provider).forEach(fault -> faults.add(at(provider, entry.model()) + fault));
            }
        }
        return faults.isEmpty() ? overlaps() : faults;
    }

    /** Every price, a model's earlier ones first; the file has no faults. */
    List<LlmPriceView> prices() {
        return providers.stream()
                .flatMap(provider -> provider.prices().stream()
                        .flatMap(entry -> entry.models().map(model -> price(provider, entry, model))))
                .sorted(Comparator.comparing(
                                (LlmPriceView price) -> price.provider().id())
                        .thenComparing(price -> price.model().id())
                        .thenComparing(LlmPriceView::effectiveFrom))
                .toList();
    }

    private List<String> overlaps() {
        List<String> faults = new ArrayList<>();
        for (Provider provider : providers) {
            Map<String, Entry> last = new LinkedHashMap<>();
            provider.prices().stream()
                    .sorted(Comparator.comparing(Entry::effectiveFrom))
                    .forEach(entry -> entry.models().forEach(model -> {
                        Entry earlier = last.put(model, entry);
                        if (earlier != null && earlier.overlaps(entry)) {
                            faults.add(at(provider, model) + "the price from " + earlier.effectiveFrom()
                                    + " on must end when the one from " + entry.effectiveFrom() + " on begins");
                        }
                    }));
        }
        return faults;
    }

    private static LlmPriceView price(Provider provider, Entry entry, String model) {
        Instant effectiveFrom = start(entry.effectiveFrom());
        return new LlmPriceView(
                Ids.derived(effectiveFrom, provider.id() + '\n' + model),
                new LlmPriceView.Provider(provider.id(), provider.name()),
                new LlmPriceView.Model(model, entry.name()),
                entry.pricing(),
                LlmPriceRules.CURRENCY,
                LlmPriceView.SYSTEM,
                effectiveFrom,
                entry.effectiveTo() == null ? null : start(entry.effectiveTo()),
                effectiveFrom,
                start(entry.asOf()));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String at(Provider provider, String model) {
        return provider.id() + " " + model + ": ";
    }
}
