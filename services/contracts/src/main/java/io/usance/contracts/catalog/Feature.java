package io.usance.contracts.catalog;

/**
 * Something that can be sold or governed.
 *
 * @param id ULID
 * @param key unique per namespace among the living
 * @param meter null for a feature without usage
 */
public record Feature(String id, String key, String name, FeatureMeter meter) {}
