package io.usance.contracts.subscription;

/** A postal address. @param country two letters, ISO 3166-1 */
public record Address(
        String country, String postalCode, String state, String city, String line1, String line2, String phoneNumber) {}
