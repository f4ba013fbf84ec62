package io.usance.catalog.currency;

import io.usance.runtime.wire.WireSchema;

/** @param symbol null for none */
@WireSchema("CreateCurrencyCustomRequest")
record CreateCustomCurrencyRequest(
        String code, String name, String symbol, long precision, String decimalMark, String thousandSeparator) {}
