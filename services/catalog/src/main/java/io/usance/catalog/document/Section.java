package io.usance.catalog.document;

import java.util.Locale;

/** The lists of a catalog document, each after those that it refers to. */
public enum Section {
    TAX_CODES("tax code"),
    METERS("meter"),
    FEATURES("feature"),
    ADDONS("add-on"),
    PLANS("plan");

    private final String thing;

    Section(String thing) {
        this.thing = thing;
    }

    /** The name of the list. */
    public String list() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of its entries, for a person. */
    public String thing() {
        return thing;
    }
}
