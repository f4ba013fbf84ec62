package io.usance.catalog.addon.model;

import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCard.Discounts;
import io.usance.contracts.catalog.RateCard.Entitlement;
import io.usance.contracts.catalog.RateCard.UnitConfig;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.catalog.RateCardPrice.Flat;
import io.usance.contracts.catalog.RateCardPrice.Free;
import io.usance.contracts.catalog.RateCardPrice.Tier;
import io.usance.contracts.catalog.RateCardPrice.Unit;
import java.math.BigDecimal;
import java.util.List;

/** A rate card that a test says only the interesting part of: monthly and free, with key {@code runs}, until told otherwise. */
record Cards(
        String key,
        String featureId,
        String cadence,
        RateCardPrice price,
        UnitConfig unitConfig,
        String paymentTerm,
        Discounts discounts,
        Entitlement entitlement) {

    static final RateCardPrice FREE = new Free();
    static final RateCardPrice FLAT = new Flat(BigDecimal.TEN);
    static final RateCardPrice UNIT = new Unit(BigDecimal.ONE);
    static final RateCardPrice GRADUATED = new RateCardPrice.Graduated(oneTier());
    static final RateCardPrice VOLUME = new RateCardPrice.Volume(oneTier());

    static Cards runs() {
        return new Cards("runs", "id-of-runs", "P1M", FREE, null, null, null, null);
    }

    static Cards fee(String key) {
        return new Cards(key, null, "P1M", FLAT, null, null, null, null);
    }

    Cards key(String key) {
        return new Cards(key, featureId, cadence, price, unitConfig, paymentTerm, discounts, entitlement);
    }

    Cards cadence(String cadence) {
        return new Cards(key, featureId, cadence, price, unitConfig, paymentTerm, discounts, entitlement);
    }

    Cards price(RateCardPrice price) {
        return new Cards(key, featureId, cadence, price, unitConfig, paymentTerm, discounts, entitlement);
    }

    Cards units(String operation, String factor, String rounding, Integer precision) {
        UnitConfig units = new UnitConfig(operation, new BigDecimal(factor), rounding, precision, null);
        return new Cards(key, featureId, cadence, price, units, paymentTerm, discounts, entitlement);
    }

    Cards term(String paymentTerm) {
        return new Cards(key, featureId, cadence, price, unitConfig, paymentTerm, discounts, entitlement);
    }

    Cards percentage(String percentage) {
        Discounts discounts = new Discounts(new BigDecimal(percentage), null);
        return new Cards(key, featureId, cadence, price, unitConfig, paymentTerm, discounts, entitlement);
    }

    Cards entitlement(Entitlement entitlement) {
        return new Cards(key, featureId, cadence, price, unitConfig, paymentTerm, discounts, entitlement);
    }

    RateCard card() {
        FeatureReference feature = featureId == null ? null : new FeatureReference(featureId);
        return new RateCard(
                key,
                key,
                null,
                null,
                feature,
                null,
                cadence,
                price,
                unitConfig,
                paymentTerm,
                null,
                discounts,
                null,
                entitlement);
    }

    private static List<Tier> oneTier() {
        return List.of(new Tier(null, null, new Unit(BigDecimal.ONE)));
    }
}
