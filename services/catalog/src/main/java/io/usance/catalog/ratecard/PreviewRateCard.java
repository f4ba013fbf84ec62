package io.usance.catalog.ratecard;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.currency.CurrencyLookup;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.model.PlanRules;
import io.usance.catalog.ratecard.model.Curve;
import io.usance.catalog.ratecard.model.Explanation;
import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.Piece;
import io.usance.kernel.price.Price;
import io.usance.kernel.price.RatedLine;
import io.usance.kernel.price.Rating;
import io.usance.kernel.price.Terms;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a rate card makes of a quantity, step by step, before anything is published. Nothing is stored. */
@ApplicationScoped
class PreviewRateCard {
    @Inject
    CurrencyLookup currencies;

    @WithSession
    Uni<RateCardPreviewView> preview(String namespace, RateCardPreviewRequest request) {
        refuseMalformed(request);
        return currencies
                .find(namespace, request.currency())
                .invoke(currency -> refuseUnpriceable(request, currency))
                .map(Optional::orElseThrow)
                .map(currency -> preview(request, currency));
    }

    private static void refuseUnpriceable(RateCardPreviewRequest request, Optional<Currency> currency) {
        Set<String> custom = currency.map(Currency::code).stream().collect(Collectors.toSet());
        Refusal.unless(PlanRules.ofPrice(request.currency(), request.rateCard(), "rate_card", custom));
    }

    private static RateCardPreviewView preview(RateCardPreviewRequest request, Currency currency) {
        refuseUnrepresentable(request.previouslyBilled(), currency);
        Price price = request.rateCard().price().toPrice();
        Terms terms = request.rateCard().terms();
        Piece piece = request.piece();
        RatedLine line = request.previouslyBilled() == null
                ? Rating.rate(price, terms, piece, currency)
                : Rating.rate(price, terms, piece, Money.rounded(request.previouslyBilled(), currency));
        return RateCardPreviewView.of(
                request.rateCard(),
                currency,
                line,
                Explanation.of(request.rateCard(), price, terms, piece, request.previouslyBilled(), line),
                Curve.of(price, terms, piece.soFar(), currency));
    }

    private static void refuseMalformed(RateCardPreviewRequest request) {
        List<InvalidParameter> faults = new ArrayList<>();
        refuseNegative("quantity", request.quantity(), faults);
        refuseNegative("previous_quantity", request.previousQuantity(), faults);
        refuseNegative("previously_billed", request.previouslyBilled(), faults);
        if (request.isFirst() && isPositive(request.previousQuantity())) {
            faults.add(InvalidParameter.body(
                            "is_first", "dependent_fields", "the first bill of a period has no previous_quantity")
                    .withDependents(List.of("is_first", "previous_quantity")));
        }
        if (request.isFirst() && isPositive(request.previouslyBilled())) {
            faults.add(InvalidParameter.body(
                            "is_first",
                            "dependent_fields",
                            "before the first bill of a period nothing was previously_billed")
                    .withDependents(List.of("is_first", "previously_billed")));
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private static void refuseNegative(String field, BigDecimal value, List<InvalidParameter> faults) {
        if (value != null && value.signum() < 0) {
            faults.add(InvalidParameter.body(field, "min", "must not be negative"));
        }
    }

    private static void refuseUnrepresentable(BigDecimal billed, Currency currency) {
        if (billed != null && billed.stripTrailingZeros().scale() > currency.digits()) {
            throw Refusal.of(new Violation(
                    "currency_not_representable",
                    "an amount in %s has at most %d digits after the point"
                            .formatted(currency.code(), currency.digits()),
                    "previously_billed",
                    Map.of("currency", currency.code(), "digits", currency.digits())));
        }
    }

    private static boolean isPositive(BigDecimal value) {
        return value != null && value.signum() > 0;
    }
}
