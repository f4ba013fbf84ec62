package io.usance.subscription.plan;

/**
 * Which plan version is wanted: an id alone, or a key with or without a version.
 *
 * @param version null for the one that is in effect
 */
public record PlanReference(String id, String key, Integer version) {
    @Override
    public String toString() {
        if (id != null) {
            return id;
        }
        return version == null ? key : key + " version " + version;
    }
}
