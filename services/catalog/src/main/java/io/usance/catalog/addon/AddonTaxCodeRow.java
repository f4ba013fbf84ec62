package io.usance.catalog.addon;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a version which was published uses a tax code. */
@Entity
@Table(name = "addon_tax_code")
@IdClass(AddonTaxCodeRow.Key.class)
class AddonTaxCodeRow {
    @Id
    String namespace;

    @Id
    String taxCodeId;

    @Id
    String addonId;

    record Key(String namespace, String taxCodeId, String addonId) implements Serializable {}

    static AddonTaxCodeRow of(AddonRow addon, String taxCodeId) {
        AddonTaxCodeRow row = new AddonTaxCodeRow();
        row.namespace = addon.namespace;
        row.taxCodeId = taxCodeId;
        row.addonId = addon.id;
        return row;
    }
}
