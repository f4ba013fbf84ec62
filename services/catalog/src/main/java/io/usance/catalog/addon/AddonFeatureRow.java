package io.usance.catalog.addon;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a version which was published uses a feature. */
@Entity
@Table(name = "addon_feature")
@IdClass(AddonFeatureRow.Key.class)
class AddonFeatureRow {
    @Id
    String namespace;

    @Id
    String featureId;

    @Id
    String addonId;

    record Key(String namespace, String featureId, String addonId) implements Serializable {}

    static AddonFeatureRow of(AddonRow addon, String featureId) {
        AddonFeatureRow row = new AddonFeatureRow();
        row.namespace = addon.namespace;
        row.featureId = featureId;
        row.addonId = addon.id;
        return row;
    }
}
