package io.usance.runtime.lamp;

/** A lamp has another color. */
public record LampRecolored(String color) {}
