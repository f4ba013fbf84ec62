package io.usance.catalog.tax;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.regex.Pattern;

/** An app that computes taxes, and what its own codes look like. */
enum AppType {
    @JsonProperty("sandbox")
    SANDBOX("sandbox", "[\\s\\S]{1,64}", "1 to 64 characters"),
    @JsonProperty("stripe")
    STRIPE("stripe", "txcd_[0-9]{8}", "txcd_ and eight digits, such as txcd_10103001"),
    @JsonProperty("external_invoicing")
    EXTERNAL_INVOICING("external_invoicing", "[\\s\\S]{1,64}", "1 to 64 characters");

    private final String wireName;
    private final Pattern form;
    private final String formInWords;

    AppType(String wireName, String form, String formInWords) {
        this.wireName = wireName;
        this.form = Pattern.compile(form);
        this.formInWords = formInWords;
    }

    String wireName() {
        return wireName;
    }

    /** What a code of this app must be like, for a person; empty when {@code code} is. */
    Optional<String> refusal(String code) {
        return form.matcher(code).matches()
                ? Optional.empty()
                : Optional.of("must be, for %s, %s".formatted(wireName, formInWords));
    }
}
