package io.usance.runtime.lamp;

/** A lamp that fails its consumer the first {@code times} times. */
public record LampFlickered(int times) {}
