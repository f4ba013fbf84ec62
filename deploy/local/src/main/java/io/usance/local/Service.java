package io.usance.local;

import java.nio.file.Path;
import java.util.Locale;

/** What is started: the one public door, and the four services behind it. */
enum Service {
    GATEWAY(0),
    CATALOG(1),
    SUBSCRIPTION(2),
    INGESTION(3),
    INVOICING(4);

    private final int offset;

    Service(int offset) {
        this.offset = offset;
    }

    /** How far its ports are from the first of their blocks. */
    int offset() {
        return offset;
    }

    /** Whether it has a database role and a schema of its own name; such a service waits for Postgres and Kafka. */
    boolean hasDatabase() {
        return this != GATEWAY;
    }

    /** Whether it signs who a caller is. */
    boolean signs() {
        return this == GATEWAY;
    }

    /** Whether every usage event passes through it. */
    boolean takesEvents() {
        return this == GATEWAY || this == INGESTION;
    }

    /** Whether it makes the first tenant and its admin token. */
    boolean makesFirstTenant() {
        return this == CATALOG;
    }

    /** The word that names its folder, its role, its schema and its log. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The folder of the runnable application below the project's root. */
    Path application(Path root) {
        return root.resolve("services").resolve(word()).resolve("target").resolve("quarkus-app");
    }
}
