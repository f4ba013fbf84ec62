package io.usance.invoicing.preview.model;

import io.usance.kernel.price.RatedLine;

/** A line with its amount. */
public record PreviewedLine(PlannedLine planned, RatedLine rated) {}
