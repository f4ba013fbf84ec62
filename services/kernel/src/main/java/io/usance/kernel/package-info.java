/**
 * The rules that decide what is billed, as pure functions and values. No clock, no database, no framework: whoever
 * calls says what time it is and keeps the results. Numbers are exact, and money is rounded in one place,
 * {@link io.usance.kernel.money.Money#rounded}.
 *
 * <p>Read in this order: {@code money}, {@code time}, {@code meter} (events → quantity), {@code price} (quantity →
 * amount).
 */
package io.usance.kernel;
